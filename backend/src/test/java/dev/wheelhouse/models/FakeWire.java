package dev.wheelhouse.models;

import dev.wheelhouse.base.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The events in which a provider streams its answer.
public enum FakeWire {
    OPENAI {
        @Override
        public List<String> text(TokenUse use, String... words) {
            var events = new ArrayList<String>();
            events.add(choice(Map.of("role", "assistant", "content", ""), null));
            for (String word : words) {
                events.add(choice(Map.of("content", word), null));
            }
            events.add(choice(Map.of(), "stop"));
            events.add(usage(use));
            events.add("data: [DONE]\n\n");
            return events;
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            var events = new ArrayList<String>();
            for (int at = 0; at < calls.length; at++) {
                ToolRequest call = calls[at];
                var first = new LinkedHashMap<String, Object>();
                first.put("index", at);
                if (!call.id().isEmpty()) {
                    first.put("id", call.id());
                }
                first.put("type", "function");
                first.put("function", Map.of("name", call.tool(), "arguments", ""));
                events.add(choice(Map.of("tool_calls", List.of(first)), null));
                for (String fragment : fragments(call.arguments())) {
                    events.add(choice(
                            Map.of(
                                    "tool_calls",
                                    List.of(Map.of("index", at, "function", Map.of("arguments", fragment)))),
                            null));
                }
            }
            events.add(choice(Map.of(), "tool_calls"));
            events.add(usage(use));
            events.add("data: [DONE]\n\n");
            return events;
        }

        @Override
        public String error(String message) {
            return data(Map.of("error", Map.of("type", "server_error", "message", message)));
        }

        private String choice(Map<String, ?> delta, String finish) {
            var choice = new LinkedHashMap<String, Object>();
            choice.put("index", 0);
            choice.put("delta", delta);
            choice.put("finish_reason", finish);
            return data(Map.of(
                    "id", "chat-1", "object", "chat.completion.chunk", "model", "fake", "choices", List.of(choice)));
        }

        private String usage(TokenUse use) {
            return data(Map.of(
                    "id", "chat-1",
                    "object", "chat.completion.chunk",
                    "model", "fake",
                    "choices", List.of(),
                    "usage",
                            Map.of(
                                    "prompt_tokens", use.input(),
                                    "completion_tokens", use.output(),
                                    "total_tokens", use.input() + use.output(),
                                    "prompt_tokens_details", Map.of("cached_tokens", use.cached()))));
        }

        private String data(Object json) {
            return "data: " + Json.write(json) + "\n\n";
        }
    },

    ANTHROPIC {
        @Override
        public List<String> text(TokenUse use, String... words) {
            var events = new ArrayList<String>();
            events.add(start(use));
            events.add(event(
                    "content_block_start", Map.of("index", 0, "content_block", Map.of("type", "text", "text", ""))));
            for (String word : words) {
                events.add(event(
                        "content_block_delta",
                        Map.of("index", 0, "delta", Map.of("type", "text_delta", "text", word))));
            }
            events.add(event("content_block_stop", Map.of("index", 0)));
            events.addAll(end(use, "end_turn"));
            return events;
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            var events = new ArrayList<String>();
            events.add(start(use));
            for (int at = 0; at < calls.length; at++) {
                events.add(event(
                        "content_block_start",
                        Map.of(
                                "index",
                                at,
                                "content_block",
                                Map.of(
                                        "type", "tool_use",
                                        "id", calls[at].id(),
                                        "name", calls[at].tool(),
                                        "input", Map.of()))));
                for (String fragment : fragments(calls[at].arguments())) {
                    events.add(event(
                            "content_block_delta",
                            Map.of(
                                    "index",
                                    at,
                                    "delta",
                                    Map.of("type", "input_json_delta", "partial_json", fragment))));
                }
                events.add(event("content_block_stop", Map.of("index", at)));
            }
            events.addAll(end(use, "tool_use"));
            return events;
        }

        @Override
        public String error(String message) {
            return event("error", Map.of("error", Map.of("type", "overloaded_error", "message", message)));
        }

        private String start(TokenUse use) {
            return event(
                    "message_start",
                    Map.of(
                            "message",
                            Map.of(
                                    "id", "msg-1",
                                    "type", "message",
                                    "role", "assistant",
                                    "model", "fake",
                                    "content", List.of(),
                                    "usage",
                                            Map.of(
                                                    "input_tokens",
                                                    use.input() - use.cached(),
                                                    "cache_read_input_tokens",
                                                    use.cached(),
                                                    "cache_creation_input_tokens",
                                                    0,
                                                    "output_tokens",
                                                    1))));
        }

        private List<String> end(TokenUse use, String reason) {
            return List.of(
                    event(
                            "message_delta",
                            Map.of(
                                    "delta", Map.of("stop_reason", reason),
                                    "usage", Map.of("output_tokens", use.output()))),
                    event("message_stop", Map.of()));
        }

        private String event(String type, Map<String, ?> fields) {
            var json = new LinkedHashMap<String, Object>();
            json.put("type", type);
            json.putAll(fields);
            return "event: %s\ndata: %s\n\n".formatted(type, Json.write(json));
        }
    },

    AZURE {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return OPENAI.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return OPENAI.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return OPENAI.error(message);
        }
    },

    MISTRAL {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return OPENAI.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return OPENAI.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return OPENAI.error(message);
        }
    },

    OLLAMA {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return FakeProtocols.Ollama.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return FakeProtocols.Ollama.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return "{\"error\":%s}\n".formatted(Json.quote(message));
        }
    },

    BEDROCK {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return FakeProtocols.Bedrock.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return FakeProtocols.Bedrock.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return FakeEventStream.exception("internalServerException", message);
        }
    },

    GEMINI {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return FakeProtocols.Gemini.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return FakeProtocols.Gemini.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return "data: {\"error\":{\"code\":503,\"message\":%s,\"status\":\"UNAVAILABLE\"}}\n\n"
                    .formatted(Json.quote(message));
        }
    },

    VERTEX {
        @Override
        public List<String> text(TokenUse use, String... words) {
            return GEMINI.text(use, words);
        }

        @Override
        public List<String> toolCalls(TokenUse use, ToolRequest... calls) {
            return GEMINI.toolCalls(use, calls);
        }

        @Override
        public String error(String message) {
            return GEMINI.error(message);
        }
    };

    /// A whole answer of text.
    public abstract List<String> text(TokenUse use, String... words);

    /// A whole answer of tool calls, their arguments in fragments of three characters.
    public abstract List<String> toolCalls(TokenUse use, ToolRequest... calls);

    /// An error in the middle of a stream.
    public abstract String error(String message);

    /// The first events of an answer of text, up to and including its first word.
    public List<String> begun(String word) {
        List<String> whole = text(new TokenUse(10, 0, 5), word);
        return whole.subList(0, this == ANTHROPIC ? 3 : 2);
    }

    public String provider() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What of these counts the protocol can say.
    TokenUse counted(TokenUse use) {
        return this == OLLAMA ? new TokenUse(use.input(), 0, use.output()) : use;
    }

    boolean givesIds() {
        return this != GEMINI && this != VERTEX;
    }

    /// Where a request has the schema of its second tool.
    String secondSchema() {
        return switch (this) {
            case OPENAI, AZURE, MISTRAL, OLLAMA -> "/tools/1/function/parameters";
            case ANTHROPIC -> "/tools/1/input_schema";
            case BEDROCK -> "/toolConfig/tools/1/toolSpec/inputSchema/json";
            case GEMINI, VERTEX -> "/tools/0/functionDeclarations/1/parametersJsonSchema";
        };
    }

    static List<String> fragments(String arguments) {
        return List.of(arguments.split("(?<=\\G.{3})"));
    }
}
