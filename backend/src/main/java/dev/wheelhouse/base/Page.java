package dev.wheelhouse.base;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A piece of a list; `nextCursor` asks for the piece behind it and is null at the end.
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    public static final int LARGEST = 200;

    private static final UUID BEHIND_ALL = new UUID(-1, -1);

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

    /// What the rows of a page stand before, newest first: a cursor, or every id there can be.
    public static UUID before(@Nullable UUID cursor) {
        return cursor == null ? BEHIND_ALL : cursor;
    }

    /// Reads a cursor that is an id; refuses what no page has given out.
    public static UUID cursor(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is no cursor".formatted(Text.shorten(after, 60)),
                    "Use nextCursor of the previous page, unchanged");
        }
    }
}
