package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.rest.Fields;
import java.util.ArrayList;

/// The messages of a chat completion.
final class ReadMessages {

    private final Talk talk = new Talk();

    private final AskedAgent agent;

    private ReadMessages(AskedAgent agent) {
        this.agent = agent;
    }

    /// Reads all of them; every mistake is told to the fields.
    static Talk of(Fields fields, AskedAgent agent) {
        var read = new ReadMessages(agent);
        fields.objects("messages", null).forEach(read::add);
        read.talk.checkEnd(fields, "messages");
        RunFields.checkNumber(fields, "messages", read.talk.said());
        return read.talk;
    }

    private void add(Fields message) {
        String role = message.text("role", 20);
        if (!role.equals("tool")) {
            talk.checkAnswered(message, "role");
        }
        switch (role) {
            case "system", "developer" -> talk.system(ReadParts.text(message, "content"));
            case "user" -> {
                var parts = ReadParts.of(message, "content", agent);
                talk.user(parts.text(), parts.images());
            }
            case "assistant" -> assistant(message);
            case "tool" -> tool(message);
            case "" -> {}
            default ->
                message.refuse(
                        "role",
                        "Unknown role \"%s\"".formatted(role),
                        "Use system, developer, user, assistant or tool");
        }
    }

    private void assistant(Fields message) {
        if (message.has("function_call")) {
            message.refuse("function_call", "\"function_call\" is out of use", "Send tool_calls");
        }
        var calls = new ArrayList<Talk.ToolCall>();
        for (var call : message.objects("tool_calls", null)) {
            String id = call.text("id", 200);
            JsonNode function = call.node("function");
            String name = function == null ? "" : function.path("name").asText();
            if (function == null || name.isEmpty()) {
                call.refuse("function", "This call names no function", "Send {\"name\": …, \"arguments\": …}");
            } else {
                JsonNode arguments = function.path("arguments");
                calls.add(new Talk.ToolCall(
                        id, name, arguments.isObject() ? arguments.toString() : arguments.asText("{}")));
            }
        }
        String content = ReadParts.text(message, "content");
        if (calls.isEmpty()) {
            talk.assistant(content);
        } else {
            talk.calls(content, calls);
        }
    }

    private void tool(Fields message) {
        String id = message.text("tool_call_id", 200);
        if (!talk.result(id, ReadParts.text(message, "content")) && !id.isEmpty()) {
            message.refuse(
                    "tool_call_id",
                    "No call \"%s\" stands before this result, or it has its result already".formatted(id),
                    "Send the assistant's message with its tool_calls, then one result for each");
        }
    }
}
