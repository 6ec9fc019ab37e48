package dev.wheelhouse.agents;

import dev.wheelhouse.budgets.Refusal;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A model call before it is made, with the most it can use.
///
/// @param input tokens it sends, estimated on the high side
/// @param output tokens the answer may have; passed to the model where a limit lowered it
/// @param prices of the most expensive target, null if any target has none
/// @param cut why the answer may be shorter than requested, null if nothing shortens it
record PlannedModelCall(
        ModelCall call,
        long input,
        int output,
        @Nullable Prices prices,
        @Nullable Failure cut) {

    /// Fewer tokens do not make an answer.
    static final int LEAST = 64;

    private static final long SHORTEST = 1_000;

    /// The most it uses of each unit, for the reservation.
    Map<Unit, Long> worst() {
        long money = prices == null ? 0 : prices.cost(new TokenUse(input, 0, output));
        return Map.of(
                Unit.CALLS,
                1L,
                Unit.STEPS,
                1L,
                Unit.TOKENS,
                input + output,
                Unit.MONEY,
                money,
                Unit.TIME,
                call.budget().toMillis());
    }

    /// The same, with its bound passed to the model: nothing else keeps it within the reservation.
    PlannedModelCall bounded() {
        return new PlannedModelCall(with(output, call.budget()), input, output, prices, cut);
    }

    /// Reduced as far as it has to be to fit, or null if no answer would fit.
    @Nullable
    PlannedModelCall smaller(Refusal refusal, Failure why) {
        return switch (refusal.budget().unit()) {
            case TOKENS -> answering(refusal.left() - input, why);
            case MONEY -> prices == null ? null : answering(affordable(prices, input, refusal.left()), why);
            case TIME -> within(refusal.left());
            // One call and one step cannot be less, and a call puts out nothing of a tool.
            case CALLS, STEPS, OUTPUT -> null;
        };
    }

    private @Nullable PlannedModelCall answering(long tokens, Failure why) {
        if (tokens < Math.min(LEAST, output)) {
            return null;
        }
        int most = (int) Math.min(output, tokens);
        return new PlannedModelCall(with(most, call.budget()), input, most, prices, why);
    }

    private @Nullable PlannedModelCall within(long millis) {
        return millis < SHORTEST
                ? null
                : new PlannedModelCall(with(output, Duration.ofMillis(millis)), input, output, prices, cut);
    }

    /// How many answer tokens this many micro-units buy after paying for the input.
    static long affordable(Prices prices, long input, long money) {
        long left = money - prices.cost(new TokenUse(input, 0, 0));
        return left < 0 ? -1 : prices.output() == 0 ? Integer.MAX_VALUE : left * 1_000_000 / prices.output();
    }

    private ModelCall with(int most, Duration budget) {
        return call.within(most, budget);
    }

    /// An answer that a limit cut off is a failure: a reader could not see that it is incomplete.
    Outcome checked(Outcome outcome) {
        String output = outcome.output();
        return cut == null || output == null || !output.endsWith(Turn.CUT)
                ? outcome
                : new Outcome(
                        null,
                        new Failure(
                                cut.code(),
                                "The answer was cut off at %,d tokens, all that remained. %s"
                                        .formatted(this.output, cut.message()),
                                cut.hint()),
                        outcome.usage(),
                        outcome.producer());
    }

    Failure unknownPrice() {
        return unknownPrice(call.alias(), StepBudget.OVER);
    }

    static Failure unknownPrice(String alias, String code) {
        return new Failure(
                code,
                "The price of model \"%s\" is unknown, so a money limit cannot be enforced".formatted(alias),
                "Set prices for its target or models.unknown-price, or remove the money limit");
    }
}
