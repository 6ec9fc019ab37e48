package dev.wheelhouse.rest;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `?limit=` and `?after=` of lists, and the page as clients see it.
public final class Paging {

    private static final int USUAL = 50;

    private Paging() {}

    public static int limit(@Nullable String limit) {
        return limit == null ? USUAL : number("limit", limit, 1, Page.LARGEST);
    }

    public static int number(String what, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            boolean isPlain = text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
            if (isPlain && number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as a number out of bounds is
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST,
                "%s is \"%s\"".formatted(what, Text.shorten(text, 40)),
                "Send a whole number from %d to %d".formatted(least, most));
    }

    public static <T> String json(Page<T> page, Function<T, String> shape) {
        return new JsonObject()
                .raw("data", JsonObject.array(page.data().stream().map(shape).toList()))
                .put("hasMore", page.nextCursor() != null)
                .put("nextCursor", page.nextCursor())
                .end();
    }

    /// A page of a list that is in memory; the cursor is the place in it.
    public static <T> Page<T> cut(List<T> all, @Nullable String after, int limit) {
        int from = after == null ? 0 : number("after", after, 0, Integer.MAX_VALUE);
        int start = Math.min(from, all.size());
        int end = Math.min(all.size(), start + limit);
        return new Page<>(all.subList(start, end), end < all.size() ? Integer.toString(end) : null);
    }
}
