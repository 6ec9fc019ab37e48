package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run of a workflow is given. A run's input is a list of messages; the last of them holds the value, in a field
/// of its own where a workflow was asked for, else as its text: the message itself, or JSON.
public final class WorkflowInput {

    private static final String VALUE = "input";

    private WorkflowInput() {}

    /// JSON text of the list of messages.
    public static String messages(JsonNode value) {
        var message = Json.mapper().createObjectNode().put("role", "user").put("content", text(value));
        message.set(VALUE, value);
        return Json.mapper().createArrayNode().add(message).toString();
    }

    /// What people see of it: the message, or the value as JSON.
    public static String text(JsonNode value) {
        var message = value.isObject() && value.size() == 1 ? value.get("message") : null;
        return value.isTextual()
                ? value.textValue()
                : message != null && message.isTextual() ? message.textValue() : value.toString();
    }

    /// The value in a run's input.
    public static JsonNode of(Definition definition, @Nullable String messages) {
        var list = Json.read(messages == null ? "[]" : messages);
        var last = list.path(list.size() - 1);
        var value = last.get(VALUE);
        if (value == null || value.isTextual()) {
            String text = value == null ? last.path("content").asText() : value.textValue();
            value = definition.takesMessage() ? message(text) : json(text);
        }
        return value;
    }

    private static JsonNode message(String text) {
        return Json.mapper().createObjectNode().put("message", text);
    }

    private static JsonNode json(String text) {
        try {
            return Json.read(text);
        } catch (Problem notJson) {
            return message(text);
        }
    }

    /// All that keeps the value from being given to the workflow.
    public static List<String> wrong(Definition definition, JsonNode value) {
        return Schema.of(definition.input()).wrong(value);
    }
}
