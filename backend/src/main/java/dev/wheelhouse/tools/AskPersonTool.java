package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks a person and waits up to a day for the answer.
@Singleton
final class AskPersonTool implements Tool {

    private static final Set<String> FORBIDDEN = Set.of(
            "$ref", "$dynamicRef", "$recursiveRef", "$schema", "$id", "$vocabulary", "pattern", "patternProperties");

    @Override
    public String name() {
        return "ask_person";
    }

    @Override
    public String description() {
        return "Asks a person and waits for the answer. Give options to choose from, or a JSON Schema for the answer.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["question"], "properties": {
                  "question": {"type": "string", "minLength": 1, "maxLength": 4000,
                    "description": "The question, with everything the person needs to know to answer it"},
                  "options": {"type": "array", "minItems": 2, "maxItems": 20, "uniqueItems": true,
                    "description": "Answers to choose from; omit for a free-form answer",
                    "items": {"type": "string", "minLength": 1, "maxLength": 200}},
                  "schema": {"type": "object", "maxProperties": 50,
                    "description": "JSON Schema of the answer, shown as a form; cannot be combined with options"}}}""";
    }

    @Override
    public Optional<Later> later(JsonNode arguments) {
        if (mistake(arguments) != null) {
            return Optional.empty();
        }
        ObjectNode question = Json.mapper()
                .createObjectNode()
                .put("kind", "question")
                .put("tool", name())
                .put("message", arguments.path("question").asText());
        question.setAll(form(arguments));
        return Optional.of(new Later.Ask(question));
    }

    /// Only reached by questions that cannot be answered; the model sees why.
    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) {
        throw new Problem(
                ErrorCode.INVALID_ARGUMENTS,
                "The schema cannot be used: " + mistake(arguments),
                "Describe the answer with type, properties, required, enum, minimum, maximum and lengths");
    }

    /// The form comes from the model: it must not make the backend load other documents or run expensive patterns.
    private static @Nullable String mistake(JsonNode arguments) {
        if (!arguments.has("schema")) {
            return null;
        }
        String keyword = forbidden(arguments.get("schema"), false);
        if (keyword != null) {
            return "\"%s\" is not supported".formatted(keyword);
        }
        String wrong = Tools.wrong(arguments.get("schema"), Json.mapper().nullNode());
        return wrong != null && wrong.startsWith(Tools.UNREADABLE) ? wrong : null;
    }

    /// Property names are unrestricted.
    private static @Nullable String forbidden(JsonNode schema, boolean isProperties) {
        for (var field : schema.properties()) {
            if (!isProperties && FORBIDDEN.contains(field.getKey())) {
                return field.getKey();
            }
            String inner =
                    forbidden(field.getValue(), !isProperties && field.getKey().equals("properties"));
            if (inner != null) {
                return inner;
            }
        }
        for (JsonNode element : schema.isArray() ? schema : Json.mapper().createArrayNode()) {
            String inner = forbidden(element, false);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    /// Options become a schema, too, so that there is one way to validate an answer.
    private static ObjectNode form(JsonNode arguments) {
        ObjectNode form = Json.mapper().createObjectNode();
        if (arguments.has("options")) {
            form.set("options", arguments.get("options"));
            form.set("schema", Json.mapper().createObjectNode().set("enum", arguments.get("options")));
        } else if (arguments.has("schema")) {
            form.set("schema", arguments.get("schema"));
        }
        return form;
    }
}
