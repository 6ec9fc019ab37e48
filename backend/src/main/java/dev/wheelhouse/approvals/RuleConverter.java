package dev.wheelhouse.approvals;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.core.convert.TypeConverter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one rule of a settings file. On its own the framework silently drops list entries that it cannot read.
@Singleton
@SuppressWarnings("rawtypes")
final class RuleConverter implements TypeConverter<Map, RuleConfig> {

    @Override
    public Optional<RuleConfig> convert(Map rule, Class<RuleConfig> type, ConversionContext context) {
        return Optional.of(new RuleConfig(
                text(rule, "when", ""),
                text(rule, "message", ""),
                text(rule, "expires", "24h"),
                text(rule, "otherwise", "reject"),
                text(rule, "not-requester", "false"),
                texts(rule.get("tenants"))));
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> List.of(value.toString());
        };
    }

    private static String text(Map map, String key, String otherwise) {
        Object value = map.get(key);
        return value == null ? otherwise : value.toString();
    }
}
