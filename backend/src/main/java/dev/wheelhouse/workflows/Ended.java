package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Failure;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// How a state or a machine came out: exactly one of `output` and `failure` is there.
///
/// @param to where it leads, null for where the definition says
/// @param by the step that ended it
record Ended(
        @Nullable JsonNode output,
        @Nullable Failure failure,
        @Nullable String to,
        int by) {

    /// Bytes of a state's output that are kept.
    static final int LARGEST = 256 * 1024;

    static Ended failed(Failure failure, int by) {
        return new Ended(null, failure, null, by);
    }

    /// Refuses what is too large to be carried along.
    static Ended with(String state, JsonNode output, @Nullable String to, int by) {
        var refused = tooLarge(state, output);
        return refused == null ? new Ended(output, null, to, by) : failed(refused, by);
    }

    static @Nullable Failure tooLarge(String state, JsonNode output) {
        String text = output.toString();
        if (text.length() * 3L <= LARGEST) {
            return null;
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= LARGEST
                ? null
                : new Failure(
                        "output_too_large",
                        "The output of state \"%s\" has %,d bytes; the limit is %,d".formatted(state, bytes, LARGEST),
                        "Keep it in a note or another store and pass on its name, or let a branch end with what is needed of it");
    }

    static JsonNode json(@Nullable String text) {
        return text == null ? Json.mapper().nullNode() : Json.read(text);
    }
}
