package dev.wheelhouse.models;

import dev.wheelhouse.base.Json;

/// The usual frames of a stream in a few letters, so that an entry shows what is odd and little else.
///
/// | OpenAI | Anthropic |
/// |---|---|
/// | `t:Hi` a piece of text | `t:Hi` a block of text |
/// | `d:{…}` a delta | `b:{…}` the beginning of block 0, `x:{…}` a delta of it, `e` its end |
/// | `c:{…}` a tool call in a delta | `s` the beginning of the message, 10 tokens |
/// | `f:stop` the end | `f:end_turn` the end, 2 tokens, `z` the last event |
/// | `u:10,2` counts | |
///
/// What begins with a brace is the data of an event; what begins with `=` is put down as it is.
final class ShortForms {

    private ShortForms() {}

    static String event(FakeWire wire, String form) {
        if (form.startsWith("=")) {
            return form.substring(1);
        }
        if (form.startsWith("{") || form.startsWith("[")) {
            return "data: " + form + "\n\n";
        }
        String rest = form.length() > 2 ? form.substring(2) : "";
        return wire == FakeWire.OPENAI ? openAi(form.charAt(0), rest) : anthropic(form.charAt(0), rest);
    }

    private static String openAi(char kind, String rest) {
        return switch (kind) {
            case 't' -> choice("{\"content\":%s}".formatted(Json.quote(rest)), "null");
            case 'd' -> choice(rest, "null");
            case 'c' -> choice("{\"tool_calls\":[%s]}".formatted(rest), "null");
            case 'f' -> choice("{}", Json.quote(rest));
            case 'u' -> {
                String[] counts = rest.split(",");
                yield "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":%s,\"completion_tokens\":%s}}\n\n"
                        .formatted(counts[0], counts[1]);
            }
            default -> throw new IllegalArgumentException(kind + " is no short form");
        };
    }

    private static String choice(String delta, String finish) {
        return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                .formatted(delta, finish);
    }

    private static String anthropic(char kind, String rest) {
        return switch (kind) {
            case 's' ->
                named(
                        "message_start",
                        "\"message\":{\"id\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}");
            case 't' ->
                named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
                        + named(
                                "content_block_delta",
                                "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":%s}"
                                        .formatted(Json.quote(rest)))
                        + named("content_block_stop", "\"index\":0");
            case 'b' -> named("content_block_start", "\"index\":0,\"content_block\":" + rest);
            case 'x' -> named("content_block_delta", "\"index\":0,\"delta\":" + rest);
            case 'e' -> named("content_block_stop", "\"index\":0");
            case 'f' ->
                named(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":%s},\"usage\":{\"output_tokens\":2}".formatted(Json.quote(rest)));
            case 'z' -> named("message_stop", "\"x\":0");
            default -> throw new IllegalArgumentException(kind + " is no short form");
        };
    }

    private static String named(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }
}
