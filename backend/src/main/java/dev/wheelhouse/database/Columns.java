package dev.wheelhouse.database;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns a list of records into the columns that `unnest` takes: many rows in one statement.
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
}
