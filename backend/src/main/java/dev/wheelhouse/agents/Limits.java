package dev.wheelhouse.agents;

import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.models.Ceiling;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a run may still do by its agent's definition, looked at before it does it; the first cap that does not hold
/// ends the run with its sentence.
final class Limits {

    /// Results shorter than this say nothing.
    private static final int LEAST_OUTPUT = 256;

    /// What comes of a wish to ask a model: exactly one of the two is there.
    record Planned(
            @Nullable PlannedModelCall question, @Nullable Failure failure) {}

    private Limits() {}

    /// @param steps how many steps are to be done together; all of them or none
    static @Nullable Failure over(Definition.Limits limits, History history, Spent spent, int steps) {
        if (spent.steps() + steps > limits.steps()) {
            return new Failure(
                    "limit_steps",
                    "The run has done %d steps and needs %d more; its limit is %d"
                            .formatted(spent.steps(), steps, limits.steps()),
                    "Raise limits.steps of the agent if it needs more");
        }
        if (spent.tokens() >= limits.tokens()) {
            return new Failure("limit_tokens", used(Unit.TOKENS, spent.tokens(), limits.tokens()), raise("tokens"));
        }
        if (history.age().compareTo(limits.time()) >= 0) {
            return new Failure(
                    "limit_time",
                    "The run has taken %d s; its limit is %d s"
                            .formatted(history.age().toSeconds(), limits.time().toSeconds()),
                    raise("time"));
        }
        return null;
    }

    private static String used(Unit unit, long spent, long cap) {
        return "The run has used %s; its limit is %s".formatted(unit.said(spent), unit.said(cap));
    }

    private static String raise(String key) {
        return "Raise limits.%s of the agent if it needs more".formatted(key);
    }

    /// How many bytes each of so many calls may give: what is left, evenly. Below [#LEAST_OUTPUT] there is a failure.
    static long share(Definition.Limits limits, Spent before, int calls) {
        return Math.max(0, limits.output() - before.output()) / Math.max(1, calls);
    }

    static @Nullable Failure tooLittleOutput(Definition.Limits limits, Spent before, int calls) {
        return share(limits, before, calls) >= Math.min(LEAST_OUTPUT, limits.output())
                ? null
                : new Failure(
                        "limit_output",
                        "%s and %d calls are to be done"
                                .formatted(used(Unit.OUTPUT, before.output(), limits.output()), calls),
                        raise("output"));
    }

    /// Plans a call of a model within what is left, its worst case counted; with less than a short answer left, none.
    static Planned ask(Definition.Limits limits, Spent spent, ModelCall call, Ceiling ceiling) {
        if (spent.calls() + 1 > limits.calls()) {
            return refused(new Failure("limit_calls", used(Unit.CALLS, spent.calls(), limits.calls()), raise("calls")));
        }
        Integer named = call.maxOutputTokens();
        int wanted = named == null ? ceiling.outputTokens() : named;
        long room = limits.tokens() - spent.tokens() - spent.next();
        var why = tokens(limits, spent, wanted);
        if (limits.money() != null) {
            var prices = ceiling.dearest();
            if (prices == null) {
                return refused(PlannedModelCall.unknownPrice(call.alias(), "limit_money"));
            }
            long affordable = PlannedModelCall.affordable(prices, spent.next(), limits.money() - spent.money());
            if (affordable < room) {
                room = affordable;
                why = money(limits.money(), spent, prices.cost(new TokenUse(spent.next(), 0, wanted)));
            }
        }
        if (room < Math.min(PlannedModelCall.LEAST, wanted)) {
            return refused(why);
        }
        boolean isCut = room < wanted;
        var question = new PlannedModelCall(
                call, spent.next(), (int) Math.min(room, wanted), ceiling.dearest(), isCut ? why : null);
        // The bound is told to the model only where something hangs on it: others keep the model's own.
        return new Planned(isCut || limits.money() != null ? question.bounded() : question, null);
    }

    private static Failure money(long cap, Spent spent, long worst) {
        return new Failure(
                "limit_money",
                "%s and the next call may cost up to %s"
                        .formatted(used(Unit.MONEY, spent.money(), cap), Unit.MONEY.said(worst)),
                raise("money"));
    }

    private static Failure tokens(Definition.Limits limits, Spent spent, long wanted) {
        return new Failure(
                "limit_tokens",
                "%s and the next call may take up to %s"
                        .formatted(
                                used(Unit.TOKENS, spent.tokens(), limits.tokens()),
                                Unit.TOKENS.said(spent.next() + wanted)),
                raise("tokens"));
    }

    private static Planned refused(Failure failure) {
        return new Planned(null, failure);
    }

    /// How long a call may take: what is left of the run's time, and never longer than `longest`.
    static Duration time(Definition.Limits limits, History history, Duration longest) {
        var left = limits.time().minus(history.age());
        return left.compareTo(longest) < 0 ? left : longest;
    }
}
