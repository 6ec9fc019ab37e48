package dev.wheelhouse.models;

import dev.wheelhouse.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a model without a known price costs, as the operator chose.
final class UnknownPrice {

    /// In the settings, and where they say nothing: calls whose cost has a bound are refused, others cost "unknown".
    static final String REFUSE = "refuse";

    private static final String PATH = "models.unknown-price";
    private static final String HINT =
            "Write refuse, or {input: 2500000, output: 10000000}: millionths of a dollar per million tokens";

    private UnknownPrice() {}

    /// The price that counts, or null where unknown ones are refused. What cannot be read becomes a mistake.
    static @Nullable Prices read(Map<String, Object> setting, List<Problem.Mistake> mistakes) {
        if (setting.isEmpty()) {
            return null;
        }
        if (!setting.keySet().equals(Set.of("input", "output"))) {
            mistakes.add(Problem.Mistake.at(PATH, "It has %s".formatted(setting.keySet()), HINT));
            return null;
        }
        long input = amount(setting, "input", mistakes);
        return new Prices("unknown-price", input, input, amount(setting, "output", mistakes));
    }

    /// A word in place of a price; the framework passes over what it cannot make a map of.
    static void check(@Nullable String word, List<Problem.Mistake> mistakes) {
        if (word != null && !word.equals(REFUSE)) {
            mistakes.add(Problem.Mistake.at(PATH, "It is \"%s\"".formatted(word), HINT));
        }
    }

    private static long amount(Map<String, Object> setting, String key, List<Problem.Mistake> mistakes) {
        try {
            long amount = Long.parseLong(String.valueOf(setting.get(key)));
            if (amount >= 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        mistakes.add(Problem.Mistake.at(PATH + "." + key, "It is \"%s\"".formatted(setting.get(key)), HINT));
        return 0;
    }
}
