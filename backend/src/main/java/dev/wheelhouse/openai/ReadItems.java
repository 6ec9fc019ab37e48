package dev.wheelhouse.openai;

import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.StartRuns;
import java.util.ArrayList;
import java.util.List;

/// The input of a response: a text, or a list of messages, calls and their results.
final class ReadItems {

    private final Talk talk;
    private final List<Talk.ToolCall> calls = new ArrayList<>();

    private ReadItems(Talk talk) {
        this.talk = talk;
    }

    /// Adds the items to what was said before; every mistake is told to the fields.
    static void add(Fields fields, Talk talk) {
        var input = fields.node("input");
        if (input == null || input.isTextual()) {
            talk.checkAnswered(fields, "input");
            talk.user(fields.text("input", StartRuns.LONGEST_TEXT));
            return;
        }
        var read = new ReadItems(talk);
        fields.objects("input", null).forEach(read::add);
        read.endCalls();
        talk.checkEnd(fields, "input");
    }

    private void add(Fields item) {
        String type = item.has("type") ? item.text("type", 60) : "message";
        if (!type.equals("function_call")) {
            endCalls();
        }
        switch (type) {
            case "message" -> message(item);
            case "function_call" ->
                calls.add(new Talk.ToolCall(
                        item.text("call_id", 200),
                        item.text("name", 64),
                        String.valueOf(item.textOrNull("arguments", StartRuns.LONGEST_TEXT))));
            case "function_call_output" -> output(item);
            // What a model has thought is not needed for carrying on, and clients send it back as they got it.
            case "reasoning", "" -> {}
            default ->
                item.refuse(
                        "type",
                        "Items of type \"%s\" are not read by agents".formatted(type),
                        "Send messages, function_call and function_call_output");
        }
    }

    private void endCalls() {
        if (!calls.isEmpty()) {
            talk.calls("", List.copyOf(calls));
            calls.clear();
        }
    }

    private void message(Fields item) {
        talk.checkAnswered(item, "role");
        String content = ReadMessages.content(item, "content");
        String role = item.text("role", 20);
        switch (role) {
            case "system", "developer" -> talk.system(content);
            case "user" -> talk.user(content);
            case "assistant" -> talk.assistant(content);
            case "" -> {}
            default ->
                item.refuse("role", "Unknown role \"%s\"".formatted(role), "Use system, developer, user or assistant");
        }
    }

    private void output(Fields item) {
        String id = item.text("call_id", 200);
        if (!talk.result(id, ReadMessages.content(item, "output")) && !id.isEmpty()) {
            item.refuse(
                    "call_id",
                    "No call \"%s\" stands before this output, or it has its output already".formatted(id),
                    "Send its function_call first, or previous_response_id");
        }
    }
}
