package dev.wheelhouse.workflows;

import dev.wheelhouse.agents.RemainingLimits;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Step;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What a run and those it called have used of its limits, and what those that go on have been granted: together never
/// more than there is.
final class Spending {

    private final RemainingLimits limits;
    private final Map<Integer, RemainingLimits> granted = new HashMap<>();
    private final BitSet aside = new BitSet();
    private final BitSet seen = new BitSet();
    private int counted;
    private int steps;
    private int calls;
    private long tokens;
    private long money;
    private Duration age = Duration.ZERO;

    Spending(RemainingLimits limits) {
        this.limits = limits;
    }

    /// Takes what is new.
    void hear(History history) {
        age = history.age();
        if (history.steps().size() < counted) {
            seen.clear();
            granted.clear();
            counted = steps = calls = 0;
            tokens = money = 0;
        }
        if (history.steps().size() > counted) {
            for (var step : history.steps()) {
                if (!seen.get(step.number())) {
                    seen.set(step.number());
                    counted++;
                    hear(step);
                }
            }
        }
    }

    private void hear(Step step) {
        granted.remove(step.number());
        steps++;
        var usage = step.outcome().usage();
        tokens += usage.inputTokens() + usage.outputTokens();
        money += usage.costMicroUnits() == null ? 0 : usage.costMicroUnits();
        String producer = step.outcome().producer();
        if (producer != null) {
            int below = Json.read(producer).path("steps").asInt();
            steps += below;
            calls += below;
        }
    }

    /// Nobody waits for it any longer: what it was granted stays so until it has ended, but it takes nobody's part.
    void setAside(int step) {
        aside.set(step);
    }

    /// What a called run may use: its part of what is left, where up to so many go on at once.
    ///
    /// @param isUnderWay it was granted its part by an owner of the past, and leaves the others theirs
    RemainingLimits grant(int step, int atOnce, boolean isUnderWay) {
        var known = granted.get(step);
        if (known != null) {
            return known;
        }
        long beside = granted.keySet().stream().filter(one -> !aside.get(one)).count();
        var left = left().share((int) Math.max(isUnderWay ? 2 : 1, atOnce - beside));
        granted.put(step, left);
        return left;
    }

    private RemainingLimits left() {
        Long cap = limits.money();
        return new RemainingLimits(
                (int) Math.max(0, limits.steps() - steps - sum(RemainingLimits::steps)),
                (int) Math.max(0, limits.calls() - calls - sum(RemainingLimits::calls)),
                Math.max(0, limits.tokens() - tokens - sum(RemainingLimits::tokens)),
                cap == null
                        ? null
                        : Long.valueOf(Math.max(0, cap - money - sum(one -> one.money() == null ? 0 : one.money()))),
                age.compareTo(limits.time()) >= 0
                        ? Duration.ZERO
                        : limits.time().minus(age),
                limits.output(),
                limits.depth());
    }

    private long sum(ToLongFunction<RemainingLimits> of) {
        return granted.values().stream().mapToLong(of).sum();
    }

    /// The limit that is used up, null where none is.
    @Nullable
    Failure over() {
        if (steps >= limits.steps()) {
            return failure("steps", "Step limit: %,d used, limit %,d".formatted(steps, limits.steps()));
        }
        if (calls >= limits.calls()) {
            return failure("calls", "Model call limit: %,d used, limit %,d".formatted(calls, limits.calls()));
        }
        if (tokens >= limits.tokens()) {
            return failure("tokens", "Token limit: %,d used, limit %,d".formatted(tokens, limits.tokens()));
        }
        if (limits.money() != null && money >= limits.money()) {
            return failure("money", "Money limit: $%s used, limit $%s".formatted(money / 1e6, limits.money() / 1e6));
        }
        return age.compareTo(limits.time()) < 0
                ? null
                : failure(
                        "time",
                        "Time limit: %d s used, limit %d s"
                                .formatted(age.toSeconds(), limits.time().toSeconds()));
    }

    private static Failure failure(String what, String message) {
        return new Failure(
                "limit_" + what,
                message,
                "Raise limits.%s in the workflow's definition if it needs more".formatted(what));
    }
}
