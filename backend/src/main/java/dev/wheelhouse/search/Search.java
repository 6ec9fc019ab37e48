package dev.wheelhouse.search;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds runs, each of one tenant.
@Singleton
public final class Search {

    /// @param data newest first, or by the figure that was asked for
    /// @param nextCursor asks for what follows; a page may be short, or empty, and have one: so much was looked at
    /// @param isWhole false where a sorted list did not look at all that it might have: runs may be missing
    public record Found(List<FoundRun> data, @Nullable String nextCursor, boolean isWhole) {
        Found(List<FoundRun> data, @Nullable String nextCursor) {
            this(data, nextCursor, true);
        }
    }

    /// @param isExact false where there are at least so many
    public record Count(long runs, boolean isExact) {}

    private final BlockStore blocks;
    private final RunSearchStore runs;

    Search(BlockStore blocks, RunSearchStore runs) {
        this.blocks = blocks;
        this.runs = runs;
    }

    /// `after` is a cursor from an earlier page of the same query, limit 1 to 200.
    public Found find(TenantId tenant, SearchQuery query, @Nullable String after, int limit) {
        var look = new Look(blocks, runs, tenant, query);
        return query.sort() == null
                ? look.newest(after == null ? Page.before(null) : Page.cursor(after), limit)
                : look.sorted(after == null ? null : place(after), limit);
    }

    /// How many runs match.
    public Count count(TenantId tenant, SearchQuery query) {
        return new Look(blocks, runs, tenant, query).count();
    }

    /// Where a page of a sorted list ended.
    record Place(long value, UUID run) {
        @Override
        public String toString() {
            return value + "." + run;
        }
    }

    private static Place place(String cursor) {
        int dot = cursor.indexOf('.');
        try {
            if (dot > 0) {
                return new Place(Long.parseLong(cursor.substring(0, dot)), Page.cursor(cursor.substring(dot + 1)));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST,
                "\"%s\" is not a valid cursor of a sorted list".formatted(Text.shorten(cursor, 60)),
                "Pass nextCursor of the previous page unchanged, with the same sort");
    }
}
