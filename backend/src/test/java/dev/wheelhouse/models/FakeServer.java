package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.FakeProvider.Reply;
import dev.wheelhouse.models.FakeProvider.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One kind of model server of `src/test/resources/servers.yaml`: it calls both tools where it is given some, thinks
/// beside them if it does, and refuses what its kind refuses.
record FakeServer(Map<String, Object> entry) {

    static final String THOUGHT = "Hm, a clock";
    static final String SIGNATURE = "c2lnbmF0dXJl";
    private static final TokenUse USE = new TokenUse(10, 0, 2);

    String name() {
        return String.valueOf(entry.get("name"));
    }

    private FakeWire wire() {
        return FakeWire.valueOf(String.valueOf(entry.get("provider")).toUpperCase(Locale.ROOT));
    }

    TargetConfig target(FakeProvider provider) {
        var all = new HashMap<String, Object>(
                Map.of("provider", wire().provider(), "name", "fake", "url", url(provider)));
        if (entry.get("keys") instanceof Map<?, ?> keys) {
            keys.forEach((key, value) -> all.put(String.valueOf(key), value));
        }
        return new ReadTarget().convert(all, TargetConfig.class, null).orElseThrow();
    }

    private String url(FakeProvider provider) {
        return wire() == FakeWire.AZURE ? provider.url().replace("/v1", "") : provider.url();
    }

    Reply answer(Request request) {
        if (entry.get("refuses") instanceof Map<?, ?> refuses) {
            for (var field : refuses.entrySet()) {
                if (has(request.body(), String.valueOf(field.getKey()))) {
                    return FakeReplies.status(400, String.valueOf(field.getValue()));
                }
            }
        }
        boolean isAnswered = request.body().toString().contains("\"7\"");
        boolean hasTools = request.body().toString().contains("calculator");
        var use = Boolean.TRUE.equals(entry.get("cached")) ? new TokenUse(10, 4, 2) : USE;
        var events = new ArrayList<String>();
        if (hasTools && !isAnswered) {
            events.addAll(thoughts());
            events.addAll(wire().toolCalls(
                            use,
                            new ToolRequest("callA1234", "clock", "{}"),
                            new ToolRequest("callB1234", "calculator", "{\"expression\":\"1\"}")));
        } else {
            events.addAll(wire().text(use, "one ", "two"));
        }
        if ("none".equals(entry.get("usage"))) {
            events.removeIf(event -> event.contains("prompt_tokens"));
        }
        boolean isWhole = !request.body().path("stream").asBoolean(true);
        return isWhole ? whole(hasTools && !isAnswered) : FakeReplies.stream(events);
    }

    private static boolean has(JsonNode body, String field) {
        return switch (field) {
            case "turns" -> body.toString().matches(".*\"role\":\"user\"[^{}]*},\\{\"role\":\"user\".*");
            case "stream" -> body.path("stream").asBoolean(false);
            default -> !body.findPath(field).isMissingNode();
        };
    }

    private static Reply whole(boolean calls) {
        String message = calls
                ? "{\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"clock\",\"arguments\":\"{}\"}},{\"id\":\"b\",\"function\":{\"name\":\"calculator\",\"arguments\":\"{}\"}}]}"
                : "{\"content\":\"one two\"}";
        return FakeReplies.plain(
                200,
                "application/json",
                "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"stop\"}]}".formatted(message));
    }

    /// Events before those of the calls.
    private List<String> thoughts() {
        if (!(entry.get("thoughts") instanceof String name)) {
            return List.of();
        }
        String quoted = Json.quote(THOUGHT);
        return switch (wire()) {
            case OPENAI, AZURE -> List.of(ShortForms.event(wire(), "d:{\"%s\":%s}".formatted(name, quoted)));
            case MISTRAL ->
                List.of(ShortForms.event(
                        wire(),
                        "d:{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":%s}]}]}"
                                .formatted(quoted)));
            case OLLAMA -> List.of(ShortForms.event(wire(), "d:{\"thinking\":%s}".formatted(quoted)));
            case ANTHROPIC ->
                List.of(
                        block(9, "start", "content_block", "{\"type\":\"thinking\",\"thinking\":%s}".formatted(quoted)),
                        block(
                                9,
                                "delta",
                                "delta",
                                "{\"type\":\"signature_delta\",\"signature\":\"%s\"}".formatted(SIGNATURE)));
            case BEDROCK ->
                List.of(
                        FakeProtocols.Bedrock.delta(9, "{\"reasoningContent\":{\"text\":%s}}".formatted(quoted)),
                        FakeProtocols.Bedrock.delta(
                                9, "{\"reasoningContent\":{\"signature\":\"%s\"}}".formatted(SIGNATURE)));
            case GEMINI, VERTEX ->
                List.of(FakeProtocols.Gemini.part(
                        "{\"text\":%s,\"thought\":true},{\"text\":\"\",\"thoughtSignature\":\"%s\"}"
                                .formatted(quoted, SIGNATURE),
                        ""));
        };
    }

    private static String block(int index, String what, String field, String json) {
        return "data: {\"type\":\"content_block_%s\",\"index\":%d,\"%s\":%s}\n\n".formatted(what, index, field, json);
    }
}
