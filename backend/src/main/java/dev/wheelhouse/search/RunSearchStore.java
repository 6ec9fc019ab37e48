package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.search.ListedRunRepository.Range;
import dev.wheelhouse.search.ListedRunRepository.Wanted;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads runs of some ranges of ids, as the tenant that asks.
@Singleton
final class RunSearchStore {

    /// Which runs of the ranges.
    ///
    /// @param before with an id below this one; where runs are sorted by a figure, of those with the same value
    /// @param value of the figure at `before`, null for the first page
    /// @param least value of the figure that is of any use
    record Part(
            List<Range> ranges,
            Phrase phrase,
            UUID before,
            @Nullable Long value,
            @Nullable Long least,
            int most) {}

    private final Database database;
    private final ListedRunRepository runs;

    RunSearchStore(Database database, ListedRunRepository runs) {
        this.database = database;
        this.runs = runs;
    }

    List<RunText> runs(TenantId tenant, SearchQuery query, Part part) {
        String wanted = wanted(query, part);
        String ranges = new Columns<>(part.ranges()).json();
        var parts = part.phrase().likes();
        return database
                .as(
                        tenant,
                        () -> query.sort() == null
                                ? runs.newest(wanted, ranges, parts, part.most())
                                : runs.greatest(wanted, ranges, parts, part.most()))
                .stream()
                .map(RunText::of)
                .toList();
    }

    long count(TenantId tenant, SearchQuery query, Part part) {
        String wanted = wanted(query, part);
        String ranges = new Columns<>(part.ranges()).json();
        var parts = part.phrase().likes();
        return database.as(tenant, () -> runs.count(wanted, ranges, parts));
    }

    private static String wanted(SearchQuery query, Part part) {
        var equal = query.equal();
        var cost = query.spans().get(Figure.COST);
        var duration = query.spans().get(Figure.DURATION);
        var tokens = query.spans().get(Figure.TOKENS);
        var wanted = new Wanted(
                equal.get(Property.KIND),
                equal.get(Property.AGENT),
                equal.get(Property.STATE),
                equal.get(Property.WAITING),
                equal.get(Property.ERROR),
                equal.get(Property.REQUESTER),
                equal.get(Property.USER),
                equal.get(Property.ORIGIN),
                cost == null ? null : cost.least(),
                cost == null ? null : cost.most(),
                duration == null ? null : duration.least(),
                duration == null ? null : duration.most(),
                tokens == null ? null : tokens.least(),
                tokens == null ? null : tokens.most(),
                query.thread(),
                query.from(),
                query.to(),
                query.sort(),
                part.before(),
                part.value(),
                part.least());
        return new Columns<>(List.of(wanted)).json();
    }
}
