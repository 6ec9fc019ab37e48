package dev.wheelhouse.agents;

import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a run may still do under its agent's definition, checked before it does it; the first limit that would be
/// exceeded ends the run with a message that names it.
final class Limits {

    /// Results shorter than this are useless.
    private static final int LEAST_OUTPUT = 256;

    private static final Map<Unit, String> NAMES =
            Map.of(Unit.TOKENS, "Token", Unit.CALLS, "Model call", Unit.OUTPUT, "Tool output", Unit.MONEY, "Money");

    /// The result of planning a model call: exactly one of the two is present.
    record Planned(
            @Nullable PlannedModelCall question, @Nullable Failure failure) {}

    private Limits() {}

    /// @param steps how many steps are planned together; all of them run, or none
    static @Nullable Failure over(Definition.Limits limits, History history, Spent spent, int steps) {
        if (spent.steps() + steps > limits.steps()) {
            return new Failure(
                    "limit_steps",
                    "Step limit: %d used, %d more needed, limit %d".formatted(spent.steps(), steps, limits.steps()),
                    raise("steps"));
        }
        if (spent.tokens() >= limits.tokens()) {
            return new Failure("limit_tokens", used(Unit.TOKENS, spent.tokens(), limits.tokens()), raise("tokens"));
        }
        if (history.age().compareTo(limits.time()) >= 0) {
            return new Failure(
                    "limit_time",
                    "Time limit: %d s used, limit %d s"
                            .formatted(history.age().toSeconds(), limits.time().toSeconds()),
                    raise("time"));
        }
        return null;
    }

    private static String used(Unit unit, long spent, long cap) {
        return "%s limit: %s used, limit %s".formatted(NAMES.get(unit), unit.said(spent), unit.said(cap));
    }

    private static String raise(String key) {
        return "Raise limits.%s in the agent's definition if it needs more".formatted(key);
    }

    /// How many bytes each of these calls may return: an even share of what is left. Less than [#LEAST_OUTPUT] is a
    /// failure.
    static long share(Definition.Limits limits, Spent before, int calls) {
        return Math.max(0, limits.output() - before.output()) / Math.max(1, calls);
    }

    static @Nullable Failure tooLittleOutput(Definition.Limits limits, Spent before, int calls) {
        return share(limits, before, calls) >= Math.min(LEAST_OUTPUT, limits.output())
                ? null
                : new Failure(
                        "limit_output",
                        "%s; %d calls still have to be made"
                                .formatted(used(Unit.OUTPUT, before.output(), limits.output()), calls),
                        raise("output"));
    }

    /// Plans a model call within the remaining limits, counting its worst case; fails if not even a short answer fits.
    static Planned ask(Definition.Limits limits, Spent spent, ModelCall call, Models.Ceiling ceiling) {
        if (spent.calls() + 1 > limits.calls()) {
            return refused(new Failure("limit_calls", used(Unit.CALLS, spent.calls(), limits.calls()), raise("calls")));
        }
        Integer named = call.maxOutputTokens();
        int wanted = named == null ? ceiling.outputTokens() : named;
        long room = limits.tokens() - spent.tokens() - spent.next();
        Supplier<Failure> why = () -> tokens(limits, spent, wanted);
        if (limits.money() != null) {
            var prices = ceiling.dearest();
            if (prices == null) {
                return refused(PlannedModelCall.unknownPrice(call.alias(), "limit_money"));
            }
            long affordable = PlannedModelCall.affordable(prices, spent.next(), limits.money() - spent.money());
            if (affordable < room) {
                room = affordable;
                long cap = limits.money();
                why = () -> money(cap, spent, prices.cost(new TokenUse(spent.next(), 0, wanted)));
            }
        }
        if (room < Math.min(PlannedModelCall.LEAST, wanted)) {
            return refused(why.get());
        }
        boolean isCut = room < wanted;
        var question = new PlannedModelCall(
                call, spent.next(), (int) Math.min(room, wanted), ceiling.dearest(), isCut ? why.get() : null);
        // The model is given the bound only where it matters; otherwise its own default applies.
        return new Planned(isCut || limits.money() != null ? question.bounded() : question, null);
    }

    private static Failure money(long cap, Spent spent, long worst) {
        return new Failure(
                "limit_money",
                "%s; the next call may cost up to %s"
                        .formatted(used(Unit.MONEY, spent.money(), cap), Unit.MONEY.said(worst)),
                raise("money"));
    }

    private static Failure tokens(Definition.Limits limits, Spent spent, long wanted) {
        return new Failure(
                "limit_tokens",
                "%s; the next call may use up to %s"
                        .formatted(
                                used(Unit.TOKENS, spent.tokens(), limits.tokens()),
                                Unit.TOKENS.said(spent.next() + wanted)),
                raise("tokens"));
    }

    private static Planned refused(Failure failure) {
        return new Planned(null, failure);
    }

    /// How long a call may take: the run's remaining time, but never more than `longest`.
    static Duration time(Definition.Limits limits, History history, Duration longest) {
        var left = limits.time().minus(history.age());
        return left.compareTo(longest) < 0 ? left : longest;
    }
}
