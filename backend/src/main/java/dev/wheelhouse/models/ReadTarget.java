package dev.wheelhouse.models;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.TypeConverter;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one target of a settings file. The framework itself leaves out, in silence, list entries it cannot read.
@Singleton
@SuppressWarnings("rawtypes")
final class ReadTarget implements TypeConverter<Map, TargetConfig> {

    @Override
    public Optional<TargetConfig> convert(Map target, Class<TargetConfig> type, ConversionContext context) {
        return Optional.of(new TargetConfig(
                text(target, "provider", ""),
                text(target, "name", ""),
                text(target, "url", null),
                text(target, "key-env", null),
                target.get("prices") instanceof Map prices ? prices(prices) : null));
    }

    private static Prices prices(Map prices) {
        return new Prices(
                text(prices, "version", "settings"),
                amount(prices, "input"),
                amount(prices, "cached-input"),
                amount(prices, "output"));
    }

    private static long amount(Map prices, String key) {
        try {
            return Long.parseLong(String.valueOf(prices.get(key)));
        } catch (NumberFormatException e) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The price \"%s\" of a model is %s".formatted(key, prices.get(key)),
                    "Write a whole number of millionths of a dollar per million tokens");
        }
    }

    private static @Nullable String text(Map map, String key, @Nullable String otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : value.toString();
    }
}
