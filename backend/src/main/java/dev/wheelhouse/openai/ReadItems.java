package dev.wheelhouse.openai;

import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.rest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The input of a response: a text, or a list of messages, calls and their results.
final class ReadItems {

    private final Talk talk;
    private final AskedAgent agent;
    private final Function<String, Optional<PastResponses.Item>> past;
    private final List<Talk.ToolCall> calls = new ArrayList<>();

    private ReadItems(Talk talk, AskedAgent agent, Function<String, Optional<PastResponses.Item>> past) {
        this.past = past;
        this.talk = talk;
        this.agent = agent;
    }

    /// Adds the items to what was said before; every mistake is told to the fields.
    ///
    /// @param past finds an item of an earlier response by its id
    static void add(Fields fields, Talk talk, AskedAgent agent, Function<String, Optional<PastResponses.Item>> past) {
        var input = fields.node("input");
        if (input == null || input.isTextual()) {
            talk.checkAnswered(fields, "input");
            talk.user(fields.text("input", RunFields.LONGEST_TEXT), List.of());
            return;
        }
        var read = new ReadItems(talk, agent, past);
        fields.objects("input", null).forEach(read::add);
        read.endCalls();
        talk.checkEnd(fields, "input");
        RunFields.checkNumber(fields, "input", talk.said());
    }

    private void add(Fields item) {
        String type = item.has("type") ? item.text("type", 60) : "message";
        if (type.equals("item_reference")) {
            reference(item);
            return;
        }
        if (!type.equals("function_call")) {
            endCalls();
        }
        switch (type) {
            case "message" -> message(item);
            case "function_call" ->
                calls.add(new Talk.ToolCall(
                        item.text("call_id", 200),
                        item.text("name", 64),
                        String.valueOf(item.textOrNull("arguments", RunFields.LONGEST_TEXT))));
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

    private void reference(Fields item) {
        String id = item.text("id", 200);
        var found = past.apply(id).orElse(null);
        if (found == null) {
            // Of what a model has thought, as above.
            if (!id.startsWith("rs_")) {
                item.refuse("id", "There is no item \"%s\"".formatted(id), "Send the item itself");
            }
        } else if (found.call() != null) {
            calls.add(found.call());
        } else {
            endCalls();
            talk.checkAnswered(item, "id");
            talk.assistant(String.valueOf(found.text()));
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
        String role = item.text("role", 20);
        var parts = role.equals("user") ? ReadParts.of(item, "content", agent) : null;
        String content = parts == null ? ReadParts.text(item, "content") : parts.text();
        switch (role) {
            case "system", "developer" -> talk.system(content);
            case "user" -> talk.user(content, parts == null ? List.of() : parts.images());
            case "assistant" -> talk.assistant(content);
            case "" -> {}
            default ->
                item.refuse("role", "Unknown role \"%s\"".formatted(role), "Use system, developer, user or assistant");
        }
    }

    private void output(Fields item) {
        String id = item.text("call_id", 200);
        if (!talk.result(id, ReadParts.text(item, "output")) && !id.isEmpty()) {
            item.refuse(
                    "call_id",
                    "No call \"%s\" stands before this output, or it has its output already".formatted(id),
                    "Send its function_call first, or previous_response_id");
        }
    }
}
