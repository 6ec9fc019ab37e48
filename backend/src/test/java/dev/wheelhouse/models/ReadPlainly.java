package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.models.Cassette.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a whole answer says, read by the letter of each company's documentation.
final class ReadPlainly {

    private ReadPlainly() {}

    static Expected of(FakeWire wire, JsonNode json) {
        return switch (wire) {
            case ANTHROPIC -> anthropic(json);
            case BEDROCK -> bedrock(json);
            case GEMINI, VERTEX -> gemini(json);
            case OPENAI, AZURE, MISTRAL, OLLAMA -> openAi(json);
        };
    }

    /// The names of calls in a stream; each is said once.
    static List<String> namesIn(String stream) {
        var names = new ArrayList<String>();
        Pattern.compile("\"(?:function|functionCall|toolUse)\": ?\\{[^{}]*?\"name\": ?\"([^\"]+)\""
                        + "|\"type\": ?\"tool_use\",[^{}]*?\"name\": ?\"([^\"]+)\"")
                .matcher(stream)
                .results()
                .forEach(found -> names.add(found.group(1) == null ? found.group(2) : found.group(1)));
        return names;
    }

    private static Expected openAi(JsonNode json) {
        JsonNode message = json.at("/choices/0/message");
        var text = new StringBuilder();
        if (message.path("content").isTextual()) {
            text.append(message.path("content").asText());
        }
        for (JsonNode part : message.path("content")) {
            text.append(part.path("text").asText());
        }
        var calls = new ArrayList<String>();
        message.path("tool_calls")
                .forEach(call -> calls.add(call.path("function").path("name").asText()));
        JsonNode usage = json.path("usage");
        long cached = usage.at("/prompt_tokens_details/cached_tokens")
                .asLong(usage.path("prompt_cache_hit_tokens").asLong(0));
        long input = usage.path("prompt_tokens").asLong(-1);
        long output = usage.path("completion_tokens").asLong(-1);
        String said = text.toString().replaceFirst("(?s)^\\s*<think>.*?</think>", "");
        boolean sums = usage.path("total_tokens").asLong(input + output) == input + output;
        return new Expected(said, calls, input > 0 && output > 0 && sums ? new TokenUse(input, cached, output) : null);
    }

    private static Expected anthropic(JsonNode json) {
        var text = new StringBuilder();
        var calls = new ArrayList<String>();
        for (JsonNode block : json.path("content")) {
            switch (block.path("type").asText()) {
                case "text" -> text.append(block.path("text").asText());
                case "tool_use" -> calls.add(block.path("name").asText());
                default -> {}
            }
        }
        JsonNode usage = json.path("usage");
        return new Expected(
                text.toString(),
                calls,
                apart(
                        usage.path("input_tokens"),
                        usage.path("output_tokens"),
                        usage.path("cache_read_input_tokens"),
                        usage.path("cache_creation_input_tokens")));
    }

    private static Expected bedrock(JsonNode json) {
        var text = new StringBuilder();
        var calls = new ArrayList<String>();
        for (JsonNode block : json.at("/output/message/content")) {
            text.append(block.path("text").asText());
            if (block.has("toolUse")) {
                calls.add(block.at("/toolUse/name").asText());
            }
        }
        JsonNode usage = json.path("usage");
        return new Expected(
                text.toString().replaceFirst("(?s)^\\s*(<think(ing)?>.*?</think(ing)?>|<think>)", ""),
                calls,
                apart(
                        usage.path("inputTokens"),
                        usage.path("outputTokens"),
                        usage.path("cacheReadInputTokens"),
                        usage.path("cacheWriteInputTokens")));
    }

    private static Expected gemini(JsonNode json) {
        var text = new StringBuilder();
        var calls = new ArrayList<String>();
        for (JsonNode part : json.at("/candidates/0/content/parts")) {
            if (!part.path("thought").asBoolean(false)) {
                text.append(part.path("text").asText());
            }
            if (part.has("functionCall")) {
                calls.add(part.at("/functionCall/name").asText());
            }
        }
        JsonNode usage = json.path("usageMetadata");
        long output = usage.path("candidatesTokenCount").asLong(0)
                + usage.path("thoughtsTokenCount").asLong(0);
        long input = usage.path("promptTokenCount").asLong(0);
        boolean isWhole = input > 0 && usage.path("candidatesTokenCount").asLong(0) > 0;
        return new Expected(
                text.toString(),
                calls,
                isWhole
                        ? new TokenUse(
                                input, usage.path("cachedContentTokenCount").asLong(0), output)
                        : null);
    }

    private static @Nullable TokenUse apart(JsonNode input, JsonNode output, JsonNode read, JsonNode written) {
        long all = input.asLong(0) + read.asLong(0) + written.asLong(0);
        return all > 0 && output.asLong(0) > 0 ? new TokenUse(all, read.asLong(0), output.asLong(0)) : null;
    }
}
