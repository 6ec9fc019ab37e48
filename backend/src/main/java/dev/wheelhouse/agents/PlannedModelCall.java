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

/// A call of a model before it is made, with the most that it can take.
///
/// @param input tokens that it sends, estimated rather too high
/// @param output tokens that it may answer; told to the model where a cap made it this
/// @param prices of the dearest target, null where one has none
/// @param cut why the answer may be shorter than it wanted to be, null where nothing makes it so
record PlannedModelCall(
        ModelCall call,
        long input,
        int output,
        @Nullable Prices prices,
        @Nullable Failure cut) {

    /// Fewer tokens are no answer.
    static final int LEAST = 64;

    private static final long SHORTEST = 1_000;

    /// The most that it takes of what it is reserved for.
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

    /// The same, with its bound told to the model: nothing else holds it to what is reserved.
    PlannedModelCall bounded() {
        return new PlannedModelCall(with(output, call.budget()), input, output, prices, cut);
    }

    /// As small as it has to be to fit, or null where there would be no answer left.
    @Nullable
    PlannedModelCall smaller(Refusal refusal, Failure why) {
        return switch (refusal.budget().unit()) {
            case TOKENS -> answering(refusal.left() - input, why);
            case MONEY -> prices == null ? null : answering(affordable(prices, input, refusal.left()), why);
            case TIME -> within(refusal.left());
            default -> null;
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

    /// How many tokens of an answer so many micro-units buy, once the question is paid.
    static long affordable(Prices prices, long input, long money) {
        long left = money - prices.cost(new TokenUse(input, 0, 0));
        return left < 0 ? -1 : prices.output() == 0 ? Integer.MAX_VALUE : left * 1_000_000 / prices.output();
    }

    private ModelCall with(int most, Duration budget) {
        return new ModelCall(
                call.tenant(),
                call.alias(),
                call.instructions(),
                call.messages(),
                call.tools(),
                call.temperature(),
                most,
                budget);
    }

    /// An answer that a cap has cut is none: whoever reads it would not see that it is not whole.
    Outcome checked(Outcome outcome) {
        String output = outcome.output();
        return cut == null || output == null || !output.endsWith("\"finish\":\"length\"}")
                ? outcome
                : new Outcome(
                        null,
                        new Failure(
                                cut.code(),
                                "The answer was cut at %,d tokens, which were all that was left. %s"
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
                "What model \"%s\" costs is not known, and a cap on money is to hold".formatted(alias),
                "Set the prices of its target or models.unknown-price, or remove the cap on money");
    }
}
