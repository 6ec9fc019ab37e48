package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.search.BlockRepository.Block;
import dev.wheelhouse.search.BlockStore.Order;
import dev.wheelhouse.search.ListedRunRepository.Range;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the runs may be that somebody looks for, a stretch at a time: first those in no block, then blocks that are
/// worth it, newest first or by their greatest value of a figure. Each stretch is twice as long as the one before:
/// a page that is soon full costs little, and one that is not costs few statements.
final class Candidates {

    /// @param greatest value of the figure that any of its runs may have
    /// @param least no run of it, or of those before it, has a lower id
    record Stretch(List<Range> ranges, long greatest, UUID least) {}

    /// How many bytes of blocks a request opens to see which words one run has: on the way, and where an index says.
    private static final int BYTES_AT_FIRST = 1_000_000;

    private static final int BYTES = 3_000_000;

    /// How many blocks are opened, whether or not they hold what somebody looks for, before an index is asked.
    private static final int WINDOW = 256;

    /// An id says when its run began by the clock of a replica, which may be wrong by so many seconds.
    private static final int SLACK = 3_600;

    private static final int LEAST = 8;
    private static final UUID NONE = new UUID(0, 0);

    /// A request looks at no more blocks than this, and at as many runs of no block as would make them.
    private final int most;

    private final BlockStore store;
    private final Order order;
    private final Deque<Block> blocks = new ArrayDeque<>();
    private @Nullable List<Range> known;
    private @Nullable UUID unblocked;
    private int length = LEAST;
    private int given;
    private @Nullable Block lastSeen;
    private boolean isOpened;
    private boolean isAllSeen;

    Candidates(BlockStore store, TenantId tenant, SearchQuery query, BlockQuery worth, UUID before) {
        this.store = store;
        var to = query.to() == null ? before : Range.lower(before, BlockStore.atOrAfter(query.to(), SLACK));
        var from = query.from() == null ? NONE : BlockStore.atOrAfter(query.from(), -SLACK);
        this.order = new Order(tenant, worth, to, from, query.sort());
        this.unblocked = to;
        // A list that is sorted by a figure cannot go on from where it was looked.
        this.most = query.sort() == null ? 128 : 256;
    }

    /// Of runs that are known beforehand: no block need be asked.
    static Candidates only(BlockStore store, TenantId tenant, SearchQuery query, List<Range> ranges) {
        var candidates = new Candidates(store, tenant, query, new BlockQuery(null, false, ""), NONE);
        candidates.known = ranges;
        candidates.unblocked = null;
        candidates.isAllSeen = true;
        return candidates;
    }

    /// Null when there is nothing more to look at, or so much was looked at.
    @Nullable
    Stretch next() {
        if (known != null) {
            var only = new Stretch(known, Long.MAX_VALUE, NONE);
            known = null;
            return only;
        }
        if (given >= most) {
            return null;
        }
        int many = Math.min(length, most - given);
        length *= 2;
        var newest = unblocked == null ? null : store.unblocked(order.tenant(), unblocked, many * FillBlocks.RUNS);
        return newest == null ? blocks(many) : unblocked(newest, many);
    }

    private Stretch unblocked(BlockStore.Unblocked newest, int many) {
        var first = newest.range().first();
        given += newest.isAll() ? 1 : many;
        length = newest.isAll() ? LEAST : length;
        unblocked = newest.isAll() ? null : first;
        return new Stretch(List.of(newest.range()), Long.MAX_VALUE, first);
    }

    private @Nullable Stretch blocks(int many) {
        unblocked = null;
        while (blocks.isEmpty() && !isAllSeen && !isOpened) {
            open();
        }
        var taken = new ArrayList<Block>();
        while (taken.size() < many && !blocks.isEmpty()) {
            taken.add(blocks.remove());
        }
        given += taken.size();
        return taken.isEmpty()
                ? null
                : new Stretch(
                        ranges(taken),
                        taken.getFirst().greatest(),
                        taken.getLast().first());
    }

    /// First by walking: what many have is soon found. Then by the words: what few have is far away.
    private void open() {
        boolean isAny = order.query().words() == null;
        if (lastSeen != null && isAny) {
            return;
        }
        var more = lastSeen == null
                ? store.walk(order, BYTES_AT_FIRST, isAny ? most : WINDOW)
                : store.worth(order, lastSeen, BYTES, most - given);
        isOpened = lastSeen != null;
        lastSeen = more.isEmpty() ? lastSeen : more.getLast();
        isAllSeen = more.isEmpty() || more.getLast().left() == 0;
        blocks.addAll(more);
    }

    /// Of a block that was only found because runs of it had not ended, these alone.
    private static List<Range> ranges(List<Block> found) {
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

    /// Whether nothing was left out when there is no next stretch.
    boolean isAll() {
        return unblocked == null && blocks.isEmpty() && isAllSeen;
    }
}
