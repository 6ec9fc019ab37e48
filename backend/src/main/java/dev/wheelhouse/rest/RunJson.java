package dev.wheelhouse.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.RunLimits;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.EventType;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as clients see it.
public final class RunJson {

    private RunJson() {}

    public static String of(Run run) {
        String output = run.output() == null ? null : Json.quote(run.output());
        return of(run, run.input(), output, run.structuredOutput());
    }

    /// A run from a list, whose input and output stand in its first and last event.
    public static String of(Run run, List<RunEvent> events) {
        if (events.isEmpty()) {
            return of(run);
        }
        var first = Json.read(events.getFirst().data()).path("input");
        var last = events.getLast();
        var answer = last.type() == EventType.RUN_SUCCEEDED ? Json.read(last.data()) : null;
        return of(
                run,
                first.isMissingNode() ? null : first.toString(),
                text(answer, "output"),
                text(answer, "structuredOutput"));
    }

    private static @Nullable String text(@Nullable JsonNode answer, String key) {
        return answer == null || !answer.has(key) ? null : answer.get(key).toString();
    }

    private static String of(Run run, @Nullable String input, @Nullable String output, @Nullable String structured) {
        return new JsonObject()
                .put("id", run.id().toString())
                .put("agent", run.program().name())
                .put("revision", run.program().revision())
                .raw("program", program(run.program()))
                .put("thread", run.thread().toString())
                .put("state", run.state().word())
                .raw("input", input)
                .raw("output", output)
                .raw("structuredOutput", structured)
                .put("truncated", run.truncated())
                .raw("error", failure(run.failure()))
                .raw("waiting", waiting(run.waiting()))
                .raw("usage", usage(run.usage()))
                .put("steps", run.totals().steps())
                .raw("cost", cost(run.usage().costMicroUnits()))
                .raw("metadata", run.metadata())
                .put("requester", run.asker().requester())
                .put("user", run.asker().user())
                .raw("origin", origin(run.origin()))
                .raw("parent", parent(run.parent()))
                .put("depth", run.depth())
                .put("paused", run.paused())
                .put("behind", run.status().behind())
                .put("replica", run.place().replica())
                .put("epoch", run.epoch())
                .put("lastSeq", run.lastSeq())
                .time("createdAt", run.createdAt())
                .time("startedAt", run.times().startedAt())
                .time("endedAt", run.times().endedAt())
                .end();
    }

    /// One run with how it stands against its limits.
    public static String of(Run run, RunLimits.LimitUse standing) {
        var limits = standing.limits();
        String caps = new JsonObject()
                .raw("steps", cap((long) limits.steps(), (long) standing.steps()))
                .raw("calls", cap((long) limits.calls(), (long) standing.calls()))
                .raw("tokens", cap(limits.tokens(), standing.tokens()))
                .raw(
                        "money",
                        fields(limits.money(), standing.money())
                                .put("unit", "microUnits")
                                .end())
                .raw("time", cap(limits.time().toSeconds(), standing.time().toSeconds()))
                .raw("output", cap(limits.output(), standing.output()))
                .raw("depth", cap((long) limits.depth(), (long) standing.depth()))
                .end();
        String whole = of(run);
        var stopped = standing.stopped();
        String unsettled = stopped == null
                ? "null"
                : new JsonObject()
                        .put("tokens", stopped.tokens())
                        .raw("cost", cost(stopped.money()))
                        .end();
        return whole.substring(0, whole.length() - 1) + ",\"limits\":" + caps + ",\"stoppedMidway\":" + unsettled + "}";
    }

    private static String cap(long cap, long used) {
        return fields(cap, used).end();
    }

    private static JsonObject fields(@Nullable Long cap, @Nullable Long used) {
        return new JsonObject()
                .raw("cap", cap == null ? null : cap.toString())
                .raw("used", used == null ? null : used.toString());
    }

    private static String program(Program.Pin pin) {
        return new JsonObject()
                .put("kind", pin.kind())
                .put("name", pin.name())
                .put("revision", pin.revision())
                .end();
    }

    public static @Nullable String failure(@Nullable Failure failure) {
        return failure == null
                ? null
                : new JsonObject()
                        .put("code", failure.code())
                        .put("message", failure.message())
                        .putIfAny("hint", failure.hint())
                        .end();
    }

    private static @Nullable String waiting(Run.@Nullable Waiting waiting) {
        return waiting == null
                ? null
                : new JsonObject()
                        .put("reason", waiting.reason().word())
                        .time("until", waiting.until())
                        .put("step", waiting.step())
                        .end();
    }

    private static @Nullable String origin(Run.@Nullable Origin origin) {
        return origin == null
                ? null
                : new JsonObject()
                        .put("run", origin.run().toString())
                        .put("step", origin.step())
                        .put("how", origin.how())
                        .end();
    }

    private static @Nullable String parent(Run.@Nullable Parent parent) {
        return parent == null
                ? null
                : new JsonObject()
                        .put("run", parent.run().toString())
                        .put("step", parent.step())
                        .end();
    }

    private static String usage(Usage usage) {
        return new JsonObject()
                .put("inputTokens", usage.inputTokens())
                .put("cachedTokens", usage.cachedTokens())
                .put("outputTokens", usage.outputTokens())
                .end();
    }

    /// Unknown stays unknown: null is no price, 0 is one.
    public static @Nullable String cost(@Nullable Long microUnits) {
        return microUnits == null
                ? null
                : new JsonObject()
                        .put("microUnits", microUnits)
                        .put("currency", "USD")
                        .end();
    }
}
