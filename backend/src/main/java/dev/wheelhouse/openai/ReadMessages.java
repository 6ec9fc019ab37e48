package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.StartRuns;
import java.util.ArrayList;

/// The messages of a chat completion.
final class ReadMessages {

    private final Talk talk = new Talk();

    private ReadMessages() {}

    /// Reads all of them; every mistake is told to the fields.
    static Talk of(Fields fields) {
        var read = new ReadMessages();
        fields.objects("messages", null).forEach(read::add);
        read.talk.checkEnd(fields, "messages");
        return read.talk;
    }

    private void add(Fields message) {
        String role = message.text("role", 20);
        if (!role.equals("tool")) {
            talk.checkAnswered(message, "role");
        }
        switch (role) {
            case "system", "developer" -> talk.system(content(message, "content"));
            case "user" -> talk.user(content(message, "content"));
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
                calls.add(new Talk.ToolCall(id, name, function.path("arguments").asText("{}")));
            }
        }
        String content = content(message, "content");
        if (calls.isEmpty()) {
            talk.assistant(content);
        } else {
            talk.calls(content, calls);
        }
    }

    private void tool(Fields message) {
        String id = message.text("tool_call_id", 200);
        if (!talk.result(id, content(message, "content")) && !id.isEmpty()) {
            message.refuse(
                    "tool_call_id",
                    "No call \"%s\" stands before this result, or it has its result already".formatted(id),
                    "Send the assistant's message with its tool_calls, then one result for each");
        }
    }

    /// Text, or a list of parts of text.
    static String content(Fields message, String field) {
        JsonNode content = message.node(field);
        if (content == null || content.isTextual()) {
            String text = message.textOrNull(field, StartRuns.LONGEST_TEXT);
            return text == null ? "" : text;
        }
        var text = new StringBuilder();
        for (var part : message.objects(field, null)) {
            String type = part.text("type", 40);
            String inner =
                    switch (type) {
                        case "text", "input_text", "output_text" -> part.textOrNull("text", StartRuns.LONGEST_TEXT);
                        case "refusal" -> part.textOrNull("refusal", StartRuns.LONGEST_TEXT);
                        case "" -> null;
                        default -> {
                            part.refuse(
                                    "type",
                                    "Content of type \"%s\" is not read by agents".formatted(type),
                                    "Send parts of text alone");
                            yield null;
                        }
                    };
            text.append(inner == null ? "" : inner);
        }
        return text.toString();
    }
}
