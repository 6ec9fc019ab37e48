package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ToolDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Estimates the tokens of a request, on the high side: one for three ASCII characters, one for every other character,
/// plus an overhead for each message and tool.
final class Estimate {

    private static final int AROUND = 8;

    // What the large providers count at most for one, whatever its size.
    private static final int IMAGE = 1_600;

    // Schemas are the same objects for the life of the process, so each is measured once.
    private static final Cache<JsonNode, Long> SCHEMAS =
            Caffeine.newBuilder().weakKeys().build();

    private Estimate() {}

    static long tokens(String text) {
        int plain = 0;
        for (int at = 0; at < text.length(); at++) {
            plain += text.charAt(at) < 0x80 ? 1 : 0;
        }
        return (plain + 2) / 3 + text.length() - plain;
    }

    static long tokens(ModelMessage message) {
        long tokens = AROUND + tokens(message.text());
        if (message instanceof ModelMessage.User user) {
            tokens += (long) IMAGE * user.images().size();
        }
        if (message instanceof ModelMessage.Assistant assistant) {
            var kept = assistant.kept();
            tokens += kept == null ? 0 : tokens(kept.json());
            for (var call : assistant.toolCalls()) {
                tokens += AROUND + tokens(call.tool()) + tokens(call.arguments());
            }
        }
        return tokens;
    }

    /// A schema, such as that of the answer or of a tool's arguments.
    static long tokens(@Nullable JsonNode schema) {
        return schema == null ? 0 : AROUND + SCHEMAS.get(schema, known -> tokens(known.toString()));
    }

    static long tokens(String instructions, List<ModelMessage> messages, List<ToolDescription> tools) {
        long tokens = AROUND + tokens(instructions);
        for (var message : messages) {
            tokens += tokens(message);
        }
        for (var tool : tools) {
            tokens += tokens(tool.name()) + tokens(tool.description()) + tokens(tool.schema());
        }
        return tokens;
    }
}
