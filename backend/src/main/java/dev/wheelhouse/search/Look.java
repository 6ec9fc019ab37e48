package dev.wheelhouse.search;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.search.Candidates.Stretch;
import dev.wheelhouse.search.ListedRunRepository.Range;
import dev.wheelhouse.search.RunSearchStore.Part;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One look for runs: a stretch of candidates after the other, until a page is full.
final class Look {

    /// A request reads the texts of no more runs than this.
    private static final int MOST = 16_384;

    /// How many runs a statement answers with.
    private static final int AT_ONCE = 512;

    private static final int TO_COUNT = Integer.MAX_VALUE;

    private final BlockStore blocks;
    private final RunSearchStore runs;
    private final TenantId tenant;
    private final SearchQuery query;
    private final Phrase phrase;
    private final @Nullable Range named;
    private final BlockQuery worth;
    private UUID last = Page.before(null);
    private int looked;

    Look(BlockStore blocks, RunSearchStore runs, TenantId tenant, SearchQuery query) {
        this.blocks = blocks;
        this.runs = runs;
        this.tenant = tenant;
        this.query = query;
        this.named = NamedRun.range(query.text());
        this.phrase = named == null ? Phrase.of(query.text()) : new Phrase(List.of());
        this.worth = BlockQuery.of(query, phrase);
    }

    Search.Found newest(UUID before, int limit) {
        var found = new Matches(phrase);
        var candidates = candidates(before);
        last = before;
        Stretch stretch;
        while (found.size() <= limit && looked < MOST && (stretch = candidates.next()) != null) {
            read(stretch, found, limit);
        }
        var data = found.list();
        if (data.size() > limit) {
            return new Search.Found(
                    data.subList(0, limit), data.get(limit - 1).run().toString());
        }
        return new Search.Found(data, looked < MOST && candidates.isAll() ? null : last.toString());
    }

    /// Reads until the stretch is used up, or enough was found.
    private void read(Stretch stretch, Matches found, int limit) {
        int most = phrase.isEmpty() ? Math.min(AT_ONCE, limit + 1) : AT_ONCE;
        while (!stretch.ranges().isEmpty() && found.size() <= limit && looked < MOST) {
            var rows = runs.runs(tenant, query, new Part(stretch.ranges(), phrase, last, null, null, most));
            found.addAll(rows);
            looked += rows.size();
            if (rows.size() < most) {
                break;
            }
            last = rows.getLast().run().run();
        }
        if (found.size() <= limit && looked < MOST) {
            last = Range.lower(last, stretch.least());
        }
    }

    /// An id, a thread or a list of runs needs no blocks.
    private Candidates candidates(UUID before) {
        if (named != null) {
            return Candidates.only(blocks, tenant, query, List.of(named));
        }
        if (query.among() != null) {
            var ranges = query.among().stream().map(run -> new Range(run, run)).toList();
            return Candidates.only(blocks, tenant, query, ranges);
        }
        if (query.thread() != null) {
            return Candidates.only(blocks, tenant, query, List.of(new Range(new UUID(0, 0), Page.before(null))));
        }
        return new Candidates(blocks, tenant, query, worth, before);
    }

    Search.Found sorted(Search.@Nullable Place after, int limit) {
        var figure = Objects.requireNonNull(query.sort());
        var found = new Matches(phrase);
        var candidates = candidates(Page.before(null));
        Stretch stretch;
        boolean isFull = false;
        while (!isFull && looked < MOST && (stretch = candidates.next()) != null) {
            var least = found.least(limit, figure);
            isFull = least != null && least > stretch.greatest();
            if (!isFull && !stretch.ranges().isEmpty()) {
                readSorted(stretch, after, found, limit);
            }
        }
        var data = found.by(figure);
        boolean isWhole = isFull || looked < MOST && candidates.isAll();
        if (data.size() <= limit) {
            return new Search.Found(data, null, isWhole);
        }
        var end = data.get(limit - 1);
        var place = new Search.Place(Matches.value(end, figure), end.run());
        return new Search.Found(data.subList(0, limit), place.toString(), isWhole);
    }

    private void readSorted(Stretch stretch, Search.@Nullable Place after, Matches found, int limit) {
        var figure = Objects.requireNonNull(query.sort());
        int most = phrase.isEmpty() ? limit + 1 : AT_ONCE;
        var least = found.least(limit, figure);
        var place = after;
        List<RunText> rows;
        do {
            UUID before = place == null ? Page.before(null) : place.run();
            Long value = place == null ? null : Long.valueOf(place.value());
            rows = runs.runs(tenant, query, new Part(stretch.ranges(), phrase, before, value, least, most));
            found.addAll(rows);
            looked += rows.size();
            if (rows.size() < most || phrase.isEmpty() || looked >= MOST) {
                return;
            }
            var end = rows.getLast().run();
            place = new Search.Place(Matches.value(end, figure), end.run());
            least = found.least(limit, figure);
        } while (least == null || least <= place.value());
    }

    Search.Count count() {
        if (isOfAll()) {
            return new Search.Count(countAll(), true);
        }
        var found = new Matches(phrase);
        var candidates = candidates(Page.before(null));
        long many = 0;
        Stretch stretch;
        while (looked < MOST && (stretch = candidates.next()) != null) {
            if (phrase.isEmpty()) {
                many += count(stretch.ranges());
            } else {
                read(stretch, found, TO_COUNT);
            }
        }
        return new Search.Count(many + found.size(), looked < MOST && candidates.isAll());
    }

    private boolean isOfAll() {
        return phrase.isEmpty()
                && worth.words() == null
                && named == null
                && query.thread() == null
                && query.among() == null
                && query.from() == null
                && query.to() == null;
    }

    private long countAll() {
        var rest = blocks.unblocked(tenant, Page.before(null), Integer.MAX_VALUE);
        return blocks.runs(tenant) + (rest == null ? 0 : count(List.of(rest.range())));
    }

    private long count(List<Range> ranges) {
        return runs.count(tenant, query, new Part(ranges, phrase, Page.before(null), null, null, 0));
    }
}
