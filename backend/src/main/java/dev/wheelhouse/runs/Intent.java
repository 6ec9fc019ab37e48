package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A step that was begun and whose end is not on record.
///
/// @param kind the word that the log has for it
/// @param call what the program calls it, null where it has no word for it
/// @param since when it was first begun
/// @param sleepUntil when it ends by itself, for one that only lets time pass
/// @param approval the question that it asks, for one that waits for a person's word
/// @param key the idempotency key, where it is not the step's own
/// @param doubt what this owner knows of what the owners before have done
record Intent(
        String kind,
        @Nullable String call,
        int attempt,
        Instant since,
        @Nullable Instant sleepUntil,
        @Nullable String approval,
        @Nullable String key,
        Doubt doubt) {

    enum Doubt {
        /// Begun by this owner, or by none: nothing to doubt.
        NONE,
        /// Begun by an owner of the past, or interrupted by this one.
        BEGUN,
        /// The same, and the log says so.
        ON_RECORD
    }

    /// The intent as a `step.started` event has it.
    static Intent read(EngineStore.Stored event) {
        JsonNode node = Json.read(event.data());
        var sleep = node.get("sleepMs");
        return new Intent(
                EventData.kind(node),
                text(node.path("call")),
                node.path("attempt").asInt(1),
                event.at(),
                sleep == null ? null : event.at().plusMillis(sleep.asLong()),
                text(node.path("input").path("approval")),
                text(node.path("key")),
                Doubt.BEGUN);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.asText() : null;
    }

    Intent since(Instant first) {
        return new Intent(kind, call, attempt, first, sleepUntil, approval, key, doubt);
    }

    Intent until(Instant end) {
        return new Intent(kind, call, attempt, since, end, approval, key, doubt);
    }

    Intent with(Doubt other) {
        return new Intent(kind, call, attempt, since, sleepUntil, approval, key, other);
    }
}
