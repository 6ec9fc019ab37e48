package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.base.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The stored form of an event's data and the form that clients see.
///
/// Stored, a step is an object that leaves out what the row knows already (its number, its state, its end) and what is
/// as usual (`read`, first attempt, at an end the kind: `model` where there is `use`, `tool` where there is none).
/// What the engine itself reads stands in front, in this order:
///
/// ```
///
/// {"ms":12,"use":[250,0,20,40],"effect":"keyed","attempt":2,"sleepMs":5000,"key":…,
///  "kind":…,"name":…,"call":…,"askedBy":…,"input":…,"output":…,"error":…,"model":…}
/// ```
///
/// `use` counts input, cached and output tokens and the cost in micro-units (null: unknown). Nothing is parsed on the
/// way out: the head is read letter by letter, the rest is passed on as it is.
final class EventData {

    private static final String TRUNCATED = ",\"truncated\":true}";
    private static final String KIND = ",\"kind\":\"";

    // The stored form leaves these words out, as it has since 0.1.0; to the engine they mean nothing.
    private static final String UNSAID_WITH_USE = "model";
    private static final String UNSAID = "tool";

    private EventData() {}

    /// A step's end, or with a null outcome its intent.
    static String step(PlannedStep work, int attempt, long millis, @Nullable Outcome outcome) {
        return step(work, attempt, null, millis, outcome);
    }

    /// `key` is the idempotency key where it is not the step's own.
    static String step(PlannedStep work, int attempt, @Nullable String key, long millis, @Nullable Outcome outcome) {
        var json = new StringBuilder(192).append("{\"ms\":").append(millis);
        boolean uses = outcome != null && outcome.producer() != null;
        if (outcome != null && uses) {
            var usage = outcome.usage();
            json.append(",\"use\":[")
                    .append(usage.inputTokens())
                    .append(',')
                    .append(usage.cachedTokens())
                    .append(',')
                    .append(usage.outputTokens())
                    .append(',')
                    .append(usage.costMicroUnits())
                    .append(']');
        }
        raw(
                json,
                "effect",
                work.effect() == Effect.READ ? null : '"' + work.effect().word() + '"');
        raw(json, "attempt", attempt == 1 ? null : String.valueOf(attempt));
        if (work.action() instanceof PlannedStep.Action.Sleep sleep) {
            json.append(",\"sleepMs\":").append(sleep.time().toMillis());
        }
        text(json, "key", key);
        text(json, "kind", outcome != null && work.kind().equals(usualKind(uses)) ? null : work.kind());
        text(json, "name", work.name());
        text(json, "call", work.call());
        raw(json, "askedBy", work.askedBy() == null ? null : work.askedBy().toString());
        raw(json, "input", work.input());
        if (outcome != null) {
            raw(json, "output", outcome.output());
            raw(json, "error", outcome.failure() == null ? null : failure(outcome.failure()));
            raw(json, work.action() instanceof PlannedStep.Action.Call ? "ran" : "model", outcome.producer());
        }
        return Text.storable(json.append('}').toString());
    }

    /// The end of a run that has its answer: `output` as text, where it has a form `structuredOutput` as a value, and
    /// `truncated` where it broke off.
    static String answer(Next.Succeed done) {
        String structured = done.structured();
        return "{\"output\":" + Json.quote(done.output())
                + (structured == null ? "" : ",\"structuredOutput\":" + Text.storable(structured))
                + (done.truncated() ? TRUNCATED : "}");
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
    static String seen(int number, String state, @Nullable Instant end, String stored) {
        var head = new Head(stored);
        var json =
                new StringBuilder(stored.length() + 320).append("{\"number\":").append(number);
        json.append(",\"state\":\"").append(state).append('"');
        if (end != null) {
            json.append(",\"startedAt\":\"");
            Timestamp.write(end.minusMillis(head.millis), json);
            json.append('"');
            if (!state.equals("started") && !state.equals("running")) {
                json.append(",\"endedAt\":\"");
                Timestamp.write(end, json);
                json.append("\",\"durationMs\":").append(head.millis);
            }
        }
        json.append(",\"effect\":\"")
                .append(head.effect)
                .append("\",\"attempt\":")
                .append(head.attempt);
        if (!head.use.isEmpty()) {
            var use = head.use.split(",");
            json.append(",\"usage\":{\"inputTokens\":")
                    .append(use[0])
                    .append(",\"cachedTokens\":")
                    .append(use[1])
                    .append(",\"outputTokens\":")
                    .append(use[2])
                    .append("},\"cost\":");
            json.append(use[3].equals("null") ? "null" : "{\"microUnits\":" + use[3] + ",\"currency\":\"USD\"}");
        }
        if (!stored.startsWith(KIND, head.end)) {
            json.append(KIND).append(usualKind(!head.use.isEmpty())).append('"');
        }
        return json.append(stored, head.end, stored.length()).toString();
    }

    private static String usualKind(boolean uses) {
        return uses ? UNSAID_WITH_USE : UNSAID;
    }

    /// The kind of a stored step.
    static String kind(JsonNode stored) {
        return stored.path("kind").asText(usualKind(stored.has("use")));
    }

    /// The question that a step asks, as its input says.
    static @Nullable String approval(PlannedStep asked) {
        return Json.read(String.valueOf(asked.input())).path("approval").asText(null);
    }

    /// The part of the stored form that the engine reads; `end` is where the rest begins, with a comma.
    private static final class Head {
        final long millis;
        final String use;
        final String effect;
        final int attempt;
        final int end;
        private int at;

        Head(String stored) {
            millis = Long.parseLong(value(stored, "{\"ms\":", "0"));
            use = value(stored, ",\"use\":[", "");
            effect = value(stored, ",\"effect\":\"", "read");
            attempt = Integer.parseInt(value(stored, ",\"attempt\":", "1"));
            value(stored, ",\"sleepMs\":", "");
            value(stored, ",\"key\":\"", "");
            end = at;
        }

        private String value(String stored, String key, String usual) {
            if (!stored.startsWith(key, at)) {
                return usual;
            }
            int from = at + key.length();
            char close = key.endsWith("[") ? ']' : key.endsWith("\"") ? '"' : ',';
            int to = stored.indexOf(close, from);
            at = close == ',' ? to : to + 1;
            return stored.substring(from, to);
        }
    }

    /// An event's data as clients see it.
    static String seen(EventType type, int step, Instant at, String stored) {
        if (type == EventType.RUN_WAITING) {
            return waiting(at, stored);
        }
        if (step == 0 || !type.isAboutStep()) {
            return stored;
        }
        return "{\"step\":" + seen(step, type.word().substring(5), at, stored) + "}";
    }

    private static String waiting(Instant at, String stored) {
        JsonNode node = Json.read(stored);
        if (node instanceof com.fasterxml.jackson.databind.node.ObjectNode object && object.has("forMs")) {
            object.put(
                    "until", Timestamp.of(at.plusMillis(object.remove("forMs").asLong())));
        }
        return Json.write(node);
    }

    /// The engine's step from its stored form.
    static Step step(int number, EventType type, String stored) {
        JsonNode node = Json.read(stored);
        var error = node.get("error");
        var outcome = new Outcome(
                node.has("output") ? Json.write(node.get("output")) : null,
                error == null ? unknownEnd(type) : failure(Json.write(error)),
                usage(node.path("use")),
                producer(node));
        return new Step(
                number,
                kind(node),
                node.path("name").asText(),
                node.hasNonNull("call") ? node.get("call").asText() : null,
                Effect.of(node.path("effect").asText("read")),
                node.path("attempt").asInt(1),
                node.has("input") ? Json.write(node.get("input")) : null,
                outcome,
                askedBy(node));
    }

    /// The asker that a stored step names.
    static @Nullable Integer askedBy(JsonNode stored) {
        var asker = stored.get("askedBy");
        return asker == null ? null : Integer.valueOf(asker.asInt());
    }

    private static @Nullable String producer(JsonNode step) {
        var producer = step.has("model") ? step.get("model") : step.get("ran");
        return producer == null ? null : producer.toString();
    }

    private static Usage usage(JsonNode use) {
        return use.isMissingNode()
                ? Usage.NONE
                : new Usage(
                        use.get(0).asLong(),
                        use.get(1).asLong(),
                        use.get(2).asLong(),
                        use.get(3).isNull() ? null : use.get(3).asLong());
    }

    private static @Nullable Failure unknownEnd(EventType type) {
        return type == EventType.STEP_UNKNOWN
                ? new Failure("outcome_unknown", "Whether this happened is not known")
                : null;
    }

    private static void text(StringBuilder json, String key, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(key).append("\":");
            Json.quote(value, json);
        }
    }

    private static void raw(StringBuilder json, String key, @Nullable String value) {
        if (value != null) {
            json.append(",\"").append(key).append("\":").append(value);
        }
    }
}
