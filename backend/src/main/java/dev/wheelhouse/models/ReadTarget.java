package dev.wheelhouse.models;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.models.TargetConfig.Ability;
import dev.wheelhouse.models.TargetConfig.OutputTokens;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.TypeConverter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one target of a settings file. The framework itself leaves out, in silence, list entries it cannot read.
@Singleton
@SuppressWarnings("rawtypes")
final class ReadTarget implements TypeConverter<Map, TargetConfig> {

    private static final List<String> TIMEOUTS = List.of("connect", "first-chunk", "between-chunks", "whole");

    @Override
    public Optional<TargetConfig> convert(Map target, Class<TargetConfig> type, ConversionContext context) {
        return Optional.of(new Reading(target).target());
    }

    /// One target while it is read, with what is wrong with it.
    private static final class Reading {

        private final Map<?, ?> target;
        private final List<Problem.Mistake> mistakes = new ArrayList<>();

        Reading(Map<?, ?> target) {
            this.target = target;
        }

        TargetConfig target() {
            var read = new TargetConfig(
                    or(text("provider"), ""),
                    or(text("name"), ""),
                    text("url"),
                    text("region"),
                    text("key-env"),
                    text("key-header"),
                    target.get("prices") instanceof Map<?, ?> prices ? prices(prices) : null,
                    words("headers"),
                    words("query"),
                    text("proxy"),
                    text("ca-bundle"),
                    yesOrNo("stream-options"),
                    yesOrNo("join-turns"),
                    outputTokens(),
                    text("reasoning-effort"),
                    text("keep-alive"),
                    timeouts(),
                    number("concurrency", 1, 10_000),
                    number("requests-per-minute", 1, 1_000_000),
                    number("context-length", 256, 100_000_000),
                    abilities());
            if (!mistakes.isEmpty()) {
                throw new Problem(
                        ErrorCode.NOT_READY,
                        "The target \"%s\" of a model has mistakes".formatted(read.name()),
                        "Correct them",
                        mistakes);
            }
            return read;
        }

        private Prices prices(Map<?, ?> prices) {
            Object version = prices.get("version");
            return new Prices(
                    version == null ? "settings" : version.toString(),
                    amount(prices, "input"),
                    amount(prices, "cached-input"),
                    amount(prices, "output"));
        }

        private long amount(Map<?, ?> prices, String key) {
            try {
                return Long.parseLong(String.valueOf(prices.get(key)));
            } catch (NumberFormatException e) {
                wrong(
                        "prices." + key,
                        prices.get(key),
                        "Write a whole number of millionths of a dollar per million tokens");
                return 0;
            }
        }

        private @Nullable Integer number(String key, int least, int most) {
            String text = text(key);
            try {
                int number = text == null ? least : Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return text == null ? null : number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            wrong(key, text, "Write a whole number from %,d to %,d".formatted(least, most));
            return null;
        }

        private @Nullable Boolean yesOrNo(String key) {
            String text = text(key);
            if (text == null || text.equals("true") || text.equals("false")) {
                return text == null ? null : Boolean.valueOf(text);
            }
            wrong(key, text, "Write true or false");
            return null;
        }

        private @Nullable OutputTokens outputTokens() {
            String text = text("output-tokens");
            return text == null ? null : one("output-tokens", text, OutputTokens.values(), OutputTokens::word);
        }

        private Set<Ability> abilities() {
            if (!(target.get("abilities") instanceof List<?> words)) {
                if (target.get("abilities") != null) {
                    wrong("abilities", target.get("abilities"), "Write a list such as [tools, images, json-schema]");
                }
                return Set.of(Ability.values());
            }
            return words.stream()
                    .flatMap(word ->
                            Optional.ofNullable(one("abilities", String.valueOf(word), Ability.values(), Ability::word))
                                    .stream())
                    .collect(Collectors.toSet());
        }

        private <T> @Nullable T one(String key, String text, T[] all, Function<T, String> word) {
            var known = Arrays.stream(all).map(word).toList();
            int at = known.indexOf(text);
            if (at < 0) {
                wrong(key, text, Suggest.hint(text, known));
            }
            return at < 0 ? null : all[at];
        }

        private Map<String, Duration> timeouts() {
            var timeouts = new LinkedHashMap<String, Duration>();
            words("timeouts").forEach((key, text) -> {
                var time = ConversionService.SHARED.convert(text, Duration.class);
                if (!TIMEOUTS.contains(key)) {
                    wrong("timeouts", key, Suggest.hint(key, TIMEOUTS));
                } else if (time.isEmpty()
                        || time.get().toMillis() < 100
                        || time.get().toHours() > 1) {
                    wrong("timeouts." + key, text, "Write a time such as 30s or 5m, from 100ms to 1h");
                } else {
                    timeouts.put(key, time.get());
                }
            });
            return timeouts;
        }

        private Map<String, String> words(String key) {
            var words = new LinkedHashMap<String, String>();
            Object value = target.get(key);
            if (value instanceof Map<?, ?> map) {
                for (var word : new TreeSet<>(map.keySet())) {
                    words.put(String.valueOf(word), String.valueOf(map.get(word)));
                }
            } else if (value != null) {
                wrong(key, value, "Write names with their values, such as {name: value}");
            }
            return words;
        }

        private @Nullable String text(String key) {
            Object value = target.get(key);
            return value == null ? null : value.toString().strip();
        }

        private static String or(@Nullable String text, String otherwise) {
            return text == null ? otherwise : text;
        }

        private void wrong(String key, @Nullable Object value, String hint) {
            mistakes.add(Problem.Mistake.at(key, "It is \"%s\"".formatted(value), hint));
        }
    }
}
