package dev.wheelhouse.models;

import dev.wheelhouse.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The answers of protocols that are one company's own, as [FakeWire] streams them.
final class FakeProtocols {

    private FakeProtocols() {}

    /// Ollama's lines of JSON.
    static final class Ollama {

        private Ollama() {}

        static List<String> text(TokenUse use, String... words) {
            var lines = new ArrayList<String>(List.of(said("")));
            for (String word : words) {
                lines.add(said(word));
            }
            lines.add(end("stop", use));
            return lines;
        }

        static List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            var lines = new ArrayList<String>();
            for (var call : calls) {
                var function = Map.of("name", call.tool(), "arguments", Json.read(call.arguments()));
                lines.add(line(Map.of(
                        "role",
                        "assistant",
                        "content",
                        "",
                        "tool_calls",
                        List.of(Map.of("id", call.id(), "function", function)))));
            }
            lines.add(end("stop", use));
            return lines;
        }

        static String said(String word) {
            return line(Map.of("role", "assistant", "content", word));
        }

        static String line(Map<String, ?> message) {
            return Json.write(Map.of(
                            "model", "fake", "created_at", "2026-11-30T00:00:00Z", "message", message, "done", false))
                    + "\n";
        }

        static String end(String reason, TokenUse use) {
            return "{\"model\":\"fake\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"%s\",\"prompt_eval_count\":%d,\"eval_count\":%d}\n"
                    .formatted(reason, use.input(), use.output());
        }
    }

    /// Bedrock's binary events.
    static final class Bedrock {

        private Bedrock() {}

        static List<String> text(TokenUse use, String... words) {
            var events = new ArrayList<String>(List.of(start()));
            for (String word : words) {
                events.add(delta(0, "{\"text\":%s}".formatted(Json.quote(word))));
            }
            events.add(FakeEventStream.event("contentBlockStop", "{\"contentBlockIndex\":0}"));
            events.addAll(end("end_turn", use));
            return events;
        }

        static List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            var events = new ArrayList<String>(List.of(start()));
            for (int at = 0; at < calls.length; at++) {
                events.add(FakeEventStream.event(
                        "contentBlockStart",
                        "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\",\"name\":\"%s\"}}}"
                                .formatted(at, calls[at].id(), calls[at].tool())));
                for (String fragment : FakeWire.fragments(calls[at].arguments())) {
                    events.add(delta(at, "{\"toolUse\":{\"input\":%s}}".formatted(Json.quote(fragment))));
                }
                events.add(FakeEventStream.event("contentBlockStop", "{\"contentBlockIndex\":%d}".formatted(at)));
            }
            events.addAll(end("tool_use", use));
            return events;
        }

        static String start() {
            return FakeEventStream.event("messageStart", "{\"role\":\"assistant\",\"p\":\"ab\"}");
        }

        static String delta(int index, String delta) {
            return FakeEventStream.event(
                    "contentBlockDelta", "{\"contentBlockIndex\":%d,\"delta\":%s}".formatted(index, delta));
        }

        static List<String> end(String reason, TokenUse use) {
            String usage =
                    "{\"usage\":{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":%d,\"cacheReadInputTokens\":%d},\"metrics\":{\"latencyMs\":1}}";
            return List.of(
                    FakeEventStream.event("messageStop", "{\"stopReason\":\"%s\"}".formatted(reason)),
                    FakeEventStream.event(
                            "metadata",
                            usage.formatted(
                                    use.input() - use.cached(),
                                    use.output(),
                                    use.input() + use.output(),
                                    use.cached())));
        }
    }

    /// Gemini's events.
    static final class Gemini {

        private Gemini() {}

        static List<String> text(TokenUse use, String... words) {
            var events = new ArrayList<String>(List.of(part("{\"text\":\"\"}", "")));
            for (String word : words) {
                events.add(part("{\"text\":%s}".formatted(Json.quote(word)), ""));
            }
            events.add(end("STOP", use));
            return events;
        }

        static List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            var events = new ArrayList<String>();
            for (var call : calls) {
                events.add(part(
                        "{\"functionCall\":{\"name\":\"%s\",\"args\":%s}}".formatted(call.tool(), call.arguments()),
                        ""));
            }
            events.add(end("STOP", use));
            return events;
        }

        static String part(String part, String more) {
            return "data: {\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"},\"index\":0}]%s}\n\n"
                    .formatted(part, more);
        }

        static String end(String reason, TokenUse use) {
            var usage = new LinkedHashMap<String, Object>();
            usage.put("promptTokenCount", use.input());
            usage.put("candidatesTokenCount", use.output());
            usage.put("cachedContentTokenCount", use.cached());
            usage.put("totalTokenCount", use.input() + use.output());
            return "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"%s\",\"index\":0}],\"usageMetadata\":%s}\n\n"
                    .formatted(reason, Json.write(usage));
        }
    }
}
