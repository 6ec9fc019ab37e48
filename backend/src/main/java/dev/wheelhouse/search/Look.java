package dev.wheelhouse.search;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.search.ListedRunRepository.Range;
import dev.wheelhouse.search.RunSearchStore.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One look for runs: first those that are in no block yet, then blocks that are worth it.
final class Look {

    /// A request looks at no more runs than this; each is read and, where words are asked for, compared.
    private static final int MOST = 8_192;

    /// How many runs a statement reads at most, and how many blocks that are about as many.
    private static final int AT_ONCE = 512;

    private static final int BLOCKS_AT_ONCE = AT_ONCE / FillBlocks.RUNS;
    private static final UUID FIRST = new UUID(0, 0);

    private final BlockStore blocks;
    private final RunSearchStore runs;
    private final TenantId tenant;
    private final SearchQuery query;
    private final Phrase phrase;
    private final @Nullable Range named;
    private final BlockQuery worth;
    private final Instant from;
    private UUID start = Page.before(null);
    private int looked;

    Look(BlockStore blocks, RunSearchStore runs, TenantId tenant, SearchQuery query) {
        this.blocks = blocks;
        this.runs = runs;
        this.tenant = tenant;
        this.query = query;
        this.named = NamedRun.range(query.text());
        this.phrase = named == null ? Phrase.of(query.text()) : new Phrase(List.of());
        this.worth = BlockQuery.of(query, phrase);
        this.from = query.from() == null ? Instant.EPOCH : query.from().minusSeconds(3_600);
    }

    Search.Found newest(UUID before, int limit) {
        var found = new Matches();
        start = before;
        UUID last = before;
        for (var part = first(); part != null && found.size() <= limit && looked < MOST; part = part.next()) {
            last = part.read(last, found, limit);
        }
        var data = found.list();
        if (data.size() > limit) {
            return new Search.Found(
                    data.subList(0, limit), data.get(limit - 1).run().toString());
        }
        return new Search.Found(data, looked < MOST ? null : last.toString());
    }

    /// Runs under way of what is looked at, newest first: the ranges of a part, then those of the next.
    private final class Stretch {
        private final List<Range> ranges;
        private final int seen;

        Stretch(List<Range> ranges, int seen) {
            this.ranges = ranges;
            this.seen = seen;
        }

        /// Reads until the ranges are used up or enough is found; answers with the last run that was looked at.
        UUID read(UUID before, Matches found, int limit) {
            UUID last = before;
            int got = AT_ONCE;
            while (got == AT_ONCE && found.size() <= limit && looked < MOST) {
                int most = phrase.isEmpty() ? Math.min(AT_ONCE, limit + 1) : AT_ONCE;
                var rows = runs.runs(tenant, query, new Part(ranges, last, null, most));
                found.addAll(rows);
                got = rows.size() == most ? AT_ONCE : 0;
                looked += AT_ONCE;
                last = rows.isEmpty() ? last : rows.getLast().run().run();
            }
            return ranges.isEmpty() || got == AT_ONCE
                    ? last
                    : lower(last, ranges.getLast().first());
        }

        @Nullable
        Stretch next() {
            if (isWithoutBlocks()) {
                return null;
            }
            var more = blocks.worth(tenant, worth, start, from, null, seen, BLOCKS_AT_ONCE);
            return more.isEmpty() ? null : new Stretch(ranges(more), seen + more.size());
        }
    }

    /// As Postgres compares ids.
    private static UUID lower(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        int low = Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
        return (high == 0 ? low : high) <= 0 ? one : other;
    }

    private Stretch first() {
        return new Stretch(beginning(), 0);
    }

    /// An id, a thread or a list of runs needs no blocks.
    private boolean isWithoutBlocks() {
        return named != null || query.thread() != null || query.among() != null;
    }

    /// What is in no block: all that is newer than the newest.
    private List<Range> beginning() {
        if (named != null) {
            return List.of(named);
        }
        if (query.among() != null) {
            return query.among().stream().map(run -> new Range(run, run)).toList();
        }
        var newest = query.thread() == null ? blocks.newest(tenant).orElse(null) : null;
        UUID first = newest == null
                ? FIRST
                : new UUID(newest.getMostSignificantBits(), newest.getLeastSignificantBits() + 1);
        return List.of(new Range(first, Page.before(null)));
    }

    /// Of a block that was only found because runs of it had not ended, these alone.
    private static List<Range> ranges(List<BlockRepository.Block> found) {
        var ranges = new ArrayList<Range>();
        for (var block : found) {
            if (block.hit()) {
                ranges.add(new Range(block.first(), block.last()));
            } else {
                block.unended().stream().map(UUID::fromString).forEach(run -> ranges.add(new Range(run, run)));
            }
        }
        return ranges;
    }

    Search.Found sorted(Search.@Nullable Place after, int limit) {
        var figure = java.util.Objects.requireNonNull(query.sort());
        var found = new Matches();
        readSorted(beginning(), after, found, limit);
        int seen = 0;
        boolean isWhole = isWithoutBlocks();
        while (!isWhole && looked < 2 * MOST) {
            var more = blocks.worth(tenant, worth, Page.before(null), from, figure, seen, BLOCKS_AT_ONCE);
            var least = found.least(limit, figure);
            if (more.isEmpty() || least != null && least > more.getFirst().greatest()) {
                isWhole = true;
                break;
            }
            seen += more.size();
            readSorted(ranges(more), after, found, limit);
        }
        var data = found.list().stream()
                .sorted(Comparator.comparingLong((FoundRun run) -> value(run, figure))
                        .thenComparing(FoundRun::run)
                        .reversed())
                .toList();
        boolean isMore = data.size() > limit;
        var page = isMore ? data.subList(0, limit) : data;
        return new Search.Found(
                page,
                isMore
                        ? new Search.Place(
                                        value(page.getLast(), figure),
                                        page.getLast().run())
                                .toString()
                        : null,
                isWhole);
    }

    private void readSorted(List<Range> ranges, Search.@Nullable Place after, Matches found, int limit) {
        int most = phrase.isEmpty() ? limit + 1 : AT_ONCE;
        UUID before = after == null ? Page.before(null) : after.run();
        var part = new Part(ranges, before, after == null ? null : Long.valueOf(after.value()), most);
        found.addAll(runs.runs(tenant, query, part));
        looked += AT_ONCE;
    }

    static long value(FoundRun run, Figure figure) {
        Long value =
                switch (figure) {
                    case COST -> run.cost();
                    case DURATION -> run.duration();
                    case TOKENS -> Long.valueOf(run.tokens());
                };
        return value == null ? -1 : value;
    }

    Search.Count count() {
        var found = new Matches();
        long many = 0;
        if (phrase.isEmpty()
                && worth.words() == null
                && !isWithoutBlocks()
                && query.from() == null
                && query.to() == null) {
            var all = new Part(beginning(), Page.before(null), null, 0);
            return new Search.Count(blocks.runs(tenant) + runs.count(tenant, query, all), true);
        }
        for (var part = first(); part != null; part = part.next()) {
            if (looked >= MOST) {
                return new Search.Count(many + found.size(), false);
            }
            if (phrase.isEmpty()) {
                many += runs.count(tenant, query, new Part(part.ranges, Page.before(null), null, 0));
                looked += AT_ONCE;
            } else {
                part.read(Page.before(null), found, Integer.MAX_VALUE);
            }
        }
        return new Search.Count(many + found.size(), looked < MOST || phrase.isEmpty());
    }

    /// What matches, once each: blocks that two replicas made at once may overlap.
    private final class Matches {
        private final List<FoundRun> list = new ArrayList<>();
        private final Set<UUID> known = new HashSet<>();

        void addAll(List<RunText> rows) {
            for (var row : rows) {
                if ((phrase.isEmpty() || phrase.isIn(row.text()))
                        && known.add(row.run().run())) {
                    list.add(row.run());
                }
            }
        }

        int size() {
            return list.size();
        }

        List<FoundRun> list() {
            return list;
        }

        /// The least value that is still on the page, null while the page is not full.
        @Nullable
        Long least(int limit, Figure figure) {
            return list.size() <= limit
                    ? null
                    : list.stream()
                            .map(run -> value(run, figure))
                            .sorted(Comparator.reverseOrder())
                            .skip(limit)
                            .findFirst()
                            .orElse(null);
        }
    }
}
