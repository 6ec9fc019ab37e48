package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The stored form of an event's data and the form that clients see.
///
/// Stored, a step is an object without what the row knows already: its number, its state (the event's type) and its
/// times (the row's time less the duration). Seen, these stand first. Nothing is parsed on the way out.
final class EventData {

    private EventData() {}

    /// A step's end, or with a null outcome its intent.
    static String step(Work work, int attempt, long millis, @Nullable Outcome outcome) {
        var json = new StringBuilder(256)
                .append("{\"kind\":")
                .append(Json.quote(work.kind()))
                .append(",\"name\":")
                .append(Json.quote(work.name()))
                .append(",\"effect\":\"")
                .append(work.effect().word())
                .append('"')
                .append(",\"attempt\":")
                .append(attempt);
        if (outcome != null) {
            json.append(",\"durationMs\":").append(millis);
        }
        if (work.action() instanceof Work.Action.Sleep sleep) {
            json.append(",\"sleepMs\":").append(sleep.time().toMillis());
        }
        text(json, "call", work.call());
        raw(json, "input", work.input());
        if (outcome != null) {
            outcome(json, outcome);
        }
        return Text.storable(json.append('}').toString());
    }

    private static void outcome(StringBuilder json, Outcome outcome) {
        raw(json, "output", outcome.output());
        if (outcome.failure() != null) {
            json.append(",\"error\":").append(failure(outcome.failure()));
        }
        if (outcome.producer() != null) {
            var usage = outcome.usage();
            json.append(",\"usage\":{\"inputTokens\":")
                    .append(usage.inputTokens())
                    .append(",\"cachedTokens\":")
                    .append(usage.cachedTokens())
                    .append(",\"outputTokens\":")
                    .append(usage.outputTokens())
                    .append('}');
            raw(json, "cost", usage.costMicroUnits() == null ? null : cost(usage.costMicroUnits()));
            raw(json, "model", outcome.producer());
        }
    }

    static String cost(long microUnits) {
        return "{\"microUnits\":" + microUnits + ",\"currency\":\"USD\"}";
    }

    static String failure(Failure failure) {
        var json = new StringBuilder("{\"code\":")
                .append(Json.quote(failure.code()))
                .append(",\"message\":")
                .append(Json.quote(failure.message()));
        text(json, "hint", failure.hint());
        return Text.storable(json.append('}').toString());
    }

    static Failure failure(String json) {
        JsonNode node = Json.read(json);
        return new Failure(
                node.path("code").asText(),
                node.path("message").asText(),
                node.hasNonNull("hint") ? node.get("hint").asText() : null);
    }

    /// A step as clients see it.
    static String seen(int number, String state, @Nullable Instant end, long millis, String stored) {
        var json = new StringBuilder(stored.length() + 128)
                .append("{\"number\":")
                .append(number)
                .append(",\"state\":\"")
                .append(state)
                .append('"');
        if (end != null) {
            json.append(",\"startedAt\":\"")
                    .append(millisOf(end.minusMillis(millis)))
                    .append('"');
            if (!state.equals("started") && !state.equals("running")) {
                json.append(",\"endedAt\":\"").append(millisOf(end)).append('"');
            }
        }
        return json.append(',').append(stored, 1, stored.length()).toString();
    }

    /// An event's data as clients see it.
    static String seen(String type, int step, Instant at, String stored) {
        if (type.equals("run.waiting")) {
            return waiting(at, stored);
        }
        if (step == 0 || !type.startsWith("step.")) {
            return stored;
        }
        return "{\"step\":" + seen(step, type.substring(5), at, duration(stored), stored) + "}";
    }

    private static String waiting(Instant at, String stored) {
        JsonNode node = Json.read(stored);
        if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object && object.has("forMs")) {
            object.put("until", millisOf(at.plusMillis(object.remove("forMs").asLong())));
        }
        return node.toString();
    }

    /// Reads `"durationMs":n`, which stands before anything that a model or tool could have written.
    private static long duration(String stored) {
        String key = ",\"durationMs\":";
        int at = stored.indexOf(key);
        int input = stored.indexOf(",\"input\":");
        if (at < 0 || input >= 0 && input < at) {
            return 0;
        }
        int from = at + key.length();
        int to = from;
        while (to < stored.length() && Character.isDigit(stored.charAt(to))) {
            to++;
        }
        return Long.parseLong(stored, from, to, 10);
    }

    /// The engine's step from its stored form.
    static Step step(int number, String type, String stored) {
        JsonNode node = Json.read(stored);
        var error = node.get("error");
        JsonNode use = node.path("usage");
        var usage = new Usage(
                use.path("inputTokens").asLong(),
                use.path("cachedTokens").asLong(),
                use.path("outputTokens").asLong(),
                cost(node));
        var outcome = new Outcome(
                node.has("output") ? node.get("output").toString() : null,
                error == null ? unknownEnd(type) : failure(error.toString()),
                usage,
                node.has("model") ? node.get("model").toString() : null);
        return new Step(
                number,
                node.path("kind").asText(),
                node.path("name").asText(),
                node.hasNonNull("call") ? node.get("call").asText() : null,
                Effect.of(node.path("effect").asText()),
                node.path("attempt").asInt(1),
                node.has("input") ? node.get("input").toString() : null,
                outcome);
    }

    private static @Nullable Long cost(JsonNode node) {
        if (node.has("cost")) {
            return node.path("cost").path("microUnits").asLong();
        }
        return node.has("model") ? null : Long.valueOf(0);
    }

    private static @Nullable Failure unknownEnd(String type) {
        return type.equals("step.unknown")
                ? new Failure("outcome_unknown", "Whether this happened is not known")
                : null;
    }

    private static String millisOf(Instant instant) {
        return instant.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString();
    }

    private static void text(StringBuilder json, String key, @Nullable String value) {
        raw(json, key, value == null ? null : Json.quote(value));
    }

    private static void raw(StringBuilder json, String key, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(key).append("\":").append(value);
        }
    }
}
