package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a run leaves to its sub-runs: never more than it has itself. Stored in the sub-run, so that it holds on any
/// replica. The same for runs of every kind.
///
/// @param money in micro-units, null for no limit
/// @param output bytes of tool results
public record RemainingLimits(
        int steps, int calls, long tokens, @Nullable Long money, Duration time, long output, int depth) {

    /// All that the run has left.
    static RemainingLimits left(Definition.Limits limits, Spent spent, Duration age) {
        var time = limits.time().minus(age);
        return new RemainingLimits(
                Math.max(0, limits.steps() - spent.steps()),
                Math.max(0, limits.calls() - spent.calls()),
                Math.max(0, limits.tokens() - spent.tokens()),
                limits.money() == null ? null : Long.valueOf(Math.max(0, limits.money() - spent.money())),
                time.isNegative() ? Duration.ZERO : time,
                Math.max(0, limits.output() - spent.output()),
                limits.depth());
    }

    /// All that these limits allow.
    public static RemainingLimits of(Definition.Limits limits) {
        return new RemainingLimits(
                limits.steps(),
                limits.calls(),
                limits.tokens(),
                limits.money(),
                limits.time(),
                limits.output(),
                limits.depth());
    }

    /// An even share for each of several parallel sub-runs. Time and depth are not used up by the others.
    public RemainingLimits share(int among) {
        return new RemainingLimits(
                steps / among,
                calls / among,
                tokens / among,
                money == null ? null : Long.valueOf(money / among),
                time,
                output / among,
                depth);
    }

    /// Why nobody can be called with this, null where somebody can. Time is not asked: it goes by, and the same history
    /// must get the same answer.
    @Nullable
    public Failure exhausted() {
        String what = steps < 1
                ? "steps"
                : calls < 1 ? "calls" : tokens < 1 ? "tokens" : money != null && money < 1 ? "money" : null;
        return what == null
                ? null
                : new Failure(
                        "limit_" + what,
                        "Too little is left of this run's limits.%s to call another agent".formatted(what),
                        "Answer without calling another agent, or call fewer at once");
    }

    /// As a run keeps it.
    public String json() {
        return "{\"steps\":%d,\"calls\":%d,\"tokens\":%d%s,\"ms\":%d,\"output\":%d,\"depth\":%d}"
                .formatted(
                        steps,
                        calls,
                        tokens,
                        money == null ? "" : ",\"money\":" + money,
                        time.toMillis(),
                        output,
                        depth);
    }

    /// A definition's limits, reduced to what the caller has left.
    public static Definition.Limits within(Definition.Limits own, @Nullable String caps) {
        if (caps == null) {
            return own;
        }
        JsonNode left = Json.read(caps);
        return new Definition.Limits(
                Math.min(own.steps(), left.path("steps").asInt()),
                Math.min(own.calls(), left.path("calls").asInt()),
                Math.min(own.tokens(), left.path("tokens").asLong()),
                money(own.money(), left.get("money")),
                Duration.ofMillis(
                        Math.min(own.time().toMillis(), left.path("ms").asLong())),
                Math.min(own.output(), left.path("output").asLong()),
                Math.min(own.depth(), left.path("depth").asInt()),
                own.repeats(),
                own.idle());
    }

    private static @Nullable Long money(@Nullable Long own, @Nullable JsonNode left) {
        if (left == null) {
            return own;
        }
        return own == null ? left.asLong() : Math.min(own, left.asLong());
    }
}
