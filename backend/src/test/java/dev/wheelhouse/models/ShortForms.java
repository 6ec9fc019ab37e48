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
/// - Ollama: `t:Hi` a line with a piece of text, `d:{…}` a line with a message, `f:stop` the end, 10 and 2 tokens
/// - Bedrock: `t:Hi` a delta of text, `b:{…}`, `x:{…}` the beginning of block 0 and a delta of it, `c:{…}`, `y:{…}`
///   of block 1, `f:end_turn` the end, `u:10,2` counts, `!type:words` an exception
/// - Gemini: `t:Hi` a part of text, `p:{…}` a part, `f:STOP` the end, 10 and 2 tokens
///
/// What begins with a brace is the data of an event; what begins with `=` is put down as it is.
final class ShortForms {

    private static final TokenUse USE = new TokenUse(10, 0, 2);

    private ShortForms() {}

    static String event(FakeWire wire, String form) {
        if (form.startsWith("=")) {
            return form.substring(1);
        }
        if (form.startsWith("{") || form.startsWith("[")) {
            return wire == FakeWire.OLLAMA ? form + "\n" : "data: " + form + "\n\n";
        }
        String rest = form.length() > 2 ? form.substring(2) : "";
        return switch (wire) {
            case OPENAI, AZURE, MISTRAL -> openAi(form.charAt(0), rest);
            case ANTHROPIC -> anthropic(form.charAt(0), rest);
            case OLLAMA -> ollama(form.charAt(0), rest);
            case BEDROCK -> bedrock(form.charAt(0), form.substring(1), rest);
            case GEMINI, VERTEX -> gemini(form.charAt(0), rest);
        };
    }

    private static String ollama(char kind, String rest) {
        return switch (kind) {
            case 't' -> FakeProtocols.Ollama.said(rest);
            case 'd' -> "{\"model\":\"m\",\"message\":%s,\"done\":false}\n".formatted(rest);
            case 'f' -> FakeProtocols.Ollama.end(rest, USE);
            default -> throw new IllegalArgumentException(kind + " is no short form");
        };
    }

    private static String bedrock(char kind, String words, String rest) {
        return switch (kind) {
            case 's' -> FakeProtocols.Bedrock.start();
            case 't' -> FakeProtocols.Bedrock.delta(0, "{\"text\":%s}".formatted(Json.quote(rest)));
            case 'x' -> FakeProtocols.Bedrock.delta(0, rest);
            case 'y' -> FakeProtocols.Bedrock.delta(1, rest);
            case 'b', 'c' ->
                FakeEventStream.event(
                        "contentBlockStart",
                        "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":%s}}".formatted(kind - 'b', rest));
            case 'f' -> FakeProtocols.Bedrock.end(rest, USE).getFirst();
            case 'u' -> FakeProtocols.Bedrock.end("", USE).getLast();
            case '!' -> FakeEventStream.exception(words.split(":", 2)[0], words.split(":", 2)[1]);
            case '@' -> FakeEventStream.event(words.split(" ", 2)[0], words.split(" ", 2)[1]);
            default -> throw new IllegalArgumentException(kind + " is no short form");
        };
    }

    private static String gemini(char kind, String rest) {
        return switch (kind) {
            case 't' -> FakeProtocols.Gemini.part("{\"text\":%s}".formatted(Json.quote(rest)), "");
            case 'p' -> FakeProtocols.Gemini.part(rest, "");
            case 'f' -> FakeProtocols.Gemini.end(rest, USE);
            default -> throw new IllegalArgumentException(kind + " is no short form");
        };
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
