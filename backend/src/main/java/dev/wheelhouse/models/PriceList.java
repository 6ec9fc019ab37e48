package dev.wheelhouse.models;

import dev.wheelhouse.base.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// List prices of a few well-known models. A model that is not here has no known cost, which is not the same as none.
final class PriceList {

    private static final String VERSION = "2026-01-01";

    /// Of what answers in this process. Nothing is a known price too.
    static final Prices FREE = new Prices("demo", 0, 0, 0);

    private static final Map<String, Prices> TABLE = Map.ofEntries(
            cents("gpt-5.1", 125, 12.5, 1000),
            cents("gpt-5", 125, 12.5, 1000),
            cents("gpt-5-mini", 25, 2.5, 200),
            cents("gpt-5-nano", 5, 0.5, 40),
            cents("gpt-4.1", 200, 50, 800),
            cents("gpt-4.1-mini", 40, 10, 160),
            cents("gpt-4.1-nano", 10, 2.5, 40),
            cents("gpt-4o", 250, 125, 1000),
            cents("gpt-4o-mini", 15, 7.5, 60),
            cents("claude-opus-4-6", 500, 50, 2500),
            cents("claude-opus-4-5", 500, 50, 2500),
            cents("claude-sonnet-4-6", 300, 30, 1500),
            cents("claude-sonnet-4-5", 300, 30, 1500),
            cents("claude-haiku-4-5", 100, 10, 500),
            cents("gemini-2.5-flash", 30, 3, 250),
            cents("gemini-2.5-flash-lite", 10, 1, 40));

    private PriceList() {}

    /// The same name at another address is another offer with another price.
    static @Nullable Prices of(TargetConfig target) {
        if (target.prices() != null) {
            return target.prices();
        }
        String undated = target.name().replaceFirst("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$", "");
        return target.url() == null ? TABLE.get(undated) : null;
    }

    /// US cents per million tokens, as price lists print them.
    private static Map.Entry<String, Prices> cents(String name, double input, double cached, double output) {
        return Map.entry(name, new Prices(VERSION, micro(input), micro(cached), micro(output)));
    }

    private static long micro(double cents) {
        return Math.round(cents * 10_000);
    }

    /// What a model without a known price costs, as the operator chose.
    static final class Unknown {

        /// In the settings, and where they say nothing: calls whose cost has a bound are refused, others cost
        /// "unknown".
        static final String REFUSE = "refuse";

        private static final String PATH = "models.unknown-price";
        private static final String HINT =
                "Write refuse, or {input: 2500000, output: 10000000}: millionths of a dollar per million tokens";

        private Unknown() {}

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
}
