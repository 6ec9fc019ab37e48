package dev.wheelhouse.base;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list; `nextCursor` asks for the next page and is null on the last one.
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    public static final int LARGEST = 200;

    private static final UUID BEHIND_ALL = new UUID(-1, -1);

    /// Makes a page from one row more than the limit: the extra row shows that there is a next page.
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

    /// The id that the rows of a page come before, newest first: the cursor, or the largest possible id.
    public static UUID before(@Nullable UUID cursor) {
        return cursor == null ? BEHIND_ALL : cursor;
    }

    /// Parses a cursor that is an id.
    public static UUID cursor(String after) {
        try {
            var id = UUID.fromString(after);
            if (id.toString().equals(after)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST,
                "\"%s\" is not a valid cursor".formatted(Text.shorten(after, 60)),
                "Pass nextCursor of the previous page unchanged");
    }
}
