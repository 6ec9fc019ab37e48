package dev.wheelhouse.base;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A piece of a list; `nextCursor` asks for the piece behind it and is null at the end.
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    public static final int LARGEST = 200;

    /// Cuts what was read with one row more than asked for: the surplus row says that there is more.
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        var data = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(data, cursor.apply(data.getLast()));
    }

    public <R> Page<R> map(Function<T, R> shape) {
        return new Page<>(data.stream().map(shape).toList(), nextCursor);
    }
}
