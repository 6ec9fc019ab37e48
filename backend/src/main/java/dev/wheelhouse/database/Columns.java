package dev.wheelhouse.database;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.naming.NameUtils;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns a list of records into the columns that `unnest` or `json_to_recordset` takes: many rows in one statement.
public record Columns<R>(List<R> rows) {

    public @Nullable String[] texts(Function<R, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    public @Nullable UUID[] ids(Function<R, @Nullable UUID> value) {
        return rows.stream().map(value).toArray(UUID[]::new);
    }

    public @Nullable Integer[] numbers(Function<R, @Nullable Integer> value) {
        return rows.stream().map(value).toArray(Integer[]::new);
    }

    public @Nullable Long[] longs(Function<R, @Nullable Long> value) {
        return rows.stream().map(value).toArray(Long[]::new);
    }

    /// The rows as one JSON text, for `json_to_recordset` in a repository's statement. Each property of the
    /// record, which is introspected, is a column named as in the schema: `dueAt` is `due_at`. Enums are words,
    /// durations milliseconds, and what is neither number nor truth a text.
    public String json() {
        var all = Json.mapper().createArrayNode();
        rows.forEach(row -> put(row, all.addObject()));
        return all.toString();
    }

    @SuppressWarnings("unchecked")
    private static <R> void put(R row, ObjectNode columns) {
        for (var property :
                BeanIntrospection.getIntrospection((Class<R>) row.getClass()).getBeanProperties()) {
            put(columns, NameUtils.underscoreSeparate(property.getName()).toLowerCase(Locale.ROOT), property.get(row));
        }
    }

    private static void put(ObjectNode columns, String name, @Nullable Object value) {
        switch (value) {
            case null -> columns.putNull(name);
            case Boolean truth -> columns.put(name, truth);
            case Integer number -> columns.put(name, number);
            case Long number -> columns.put(name, number);
            case Duration time -> columns.put(name, time.toMillis());
            case Enum<?> word -> columns.put(name, word.name().toLowerCase(Locale.ROOT));
            default -> columns.put(name, value.toString());
        }
    }
}
