package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.search.BlockRepository.Block;
import dev.wheelhouse.search.ListedRunRepository.Range;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads and writes blocks. As the engine: an inverted index is of no use behind a policy, because Postgres looks for
/// words only in rows that it has let through. A block says nothing but where to look.
@Singleton
final class BlockStore {

    /// @param first and last of its runs
    /// @param words a `tsvector`
    record NewBlock(
            TenantId tenant, UUID first, UUID last, int runs, List<UUID> unended, String words, long[] greatest) {}

    /// Runs of no block. @param isAll whether none is older
    record Unblocked(Range range, boolean isAll) {}

    /// Which blocks may be worth looking at, in which order: by their greatest value of `sort`, or newest first.
    record Order(
            TenantId tenant,
            BlockQuery query,
            UUID before,
            UUID least,
            @Nullable Figure sort) {}

    private static final UUID NONE = new UUID(0, 0);

    /// In seconds: an id has no room for a later time.
    private static final long LATEST = 1L << 37;

    private final Database database;
    private final BlockRepository blocks;

    BlockStore(Database database, BlockRepository blocks) {
        this.database = database;
        this.blocks = blocks;
    }

    /// Reads runs and makes blocks of them. No run is forgotten between the two: its words would stay in the block.
    <T> T making(TenantId tenant, Supplier<T> work) {
        return database.asEngine(() -> {
            blocks.lockToMake(tenant.name());
            return work.get();
        });
    }

    /// Makes blocks anew without some runs, while nobody makes one with them.
    void forgetting(TenantId tenant, Runnable work) {
        database.asEngine(() -> {
            blocks.lockToForget(tenant.name());
            work.run();
        });
    }

    /// The newest run that is in a block.
    Optional<UUID> newest(TenantId tenant) {
        return database.asEngine(() -> blocks.newest(tenant.name()));
    }

    /// The newest runs of no block with ids below `before`, so many at most; null if there are none.
    @Nullable
    Unblocked unblocked(TenantId tenant, UUID before, int most) {
        return database.asEngine(() -> {
            var newest = blocks.newest(tenant.name()).orElse(NONE);
            var first = new UUID(newest.getMostSignificantBits(), newest.getLeastSignificantBits() + 1);
            if (!first.equals(Range.lower(first, before))) {
                return null;
            }
            var further = blocks.behindSoMany(tenant.name(), first, before, most - 1);
            return new Unblocked(new Range(further.orElse(first), before), further.isEmpty());
        });
    }

    /// The first blocks in that order, those of them that are worth it; the last one in any case.
    List<Block> walk(Order order, int bytes, int window) {
        String of = order.tenant().name();
        String words = order.query().words();
        var before = order.before();
        var least = order.least();
        return database.asEngine(() -> switch (order.sort()) {
            case null -> blocks.byAge(of, words, before, least, bytes, window);
            case COST -> blocks.byCost(of, words, before, least, bytes, window);
            case DURATION -> blocks.byDuration(of, words, before, least, bytes, window);
            case TOKENS -> blocks.byTokens(of, words, before, least, bytes, window);
        });
    }

    /// Blocks behind this one that are worth it. For words that are in nearly all this takes longer than to walk.
    List<Block> worth(Order order, Block after, int bytes, int most) {
        var query = order.query();
        String sort = order.sort() == null ? null : order.sort().word();
        return database.asEngine(() -> blocks.holding(
                order.tenant().name(),
                query.isOne() ? null : query.words(),
                query.somewhere(),
                order.before(),
                order.least(),
                sort,
                after.greatest(),
                after.last(),
                bytes,
                most));
    }

    /// The first id of this time.
    private static UUID atOrAfter(Instant time) {
        return atOrAfter(time, 0);
    }

    /// The first id of the time that is so many seconds later.
    static UUID atOrAfter(Instant time, int seconds) {
        long millis = Math.clamp(time.getEpochSecond() + seconds, 0, LATEST) * 1_000 + time.getNano() / 1_000_000;
        return new UUID(millis << 16, 0);
    }

    /// How many runs are in blocks.
    long runs(TenantId tenant) {
        return database.asEngine(() -> blocks.runs(tenant.name()));
    }

    /// Tenants that have runs behind their newest block, old enough to be written down in full.
    List<TenantId> behind(Instant before) {
        return database.asEngine(() -> blocks.behind(atOrAfter(before))).stream()
                .map(TenantId::new)
                .toList();
    }

    /// The next runs that belong into a block, oldest first.
    List<RunText> next(TenantId tenant, UUID after, Instant before, int most) {
        return database.asEngine(() -> blocks.next(tenant.name(), after, atOrAfter(before), most)).stream()
                .map(RunText::of)
                .toList();
    }

    /// The runs of a block.
    List<RunText> of(TenantId tenant, UUID first, UUID last) {
        return database.asEngine(() -> blocks.of(tenant.name(), first, last)).stream()
                .map(RunText::of)
                .toList();
    }

    /// Blocks in which a run has ended since they were made.
    List<BlockRepository.Stale> stale(int most) {
        return database.asEngine(() -> blocks.stale(BlockQuery.quoted(BlockQuery.UNENDED), most));
    }

    /// The blocks that these runs are in.
    List<BlockRepository.Stale> with(TenantId tenant, List<UUID> runs) {
        var ids = runs.stream().map(UUID::toString).toArray(String[]::new);
        return database.asEngine(() -> blocks.with(tenant.name(), ids));
    }

    void remove(TenantId tenant, UUID last) {
        database.asEngine(() -> blocks.remove(tenant.name(), last));
    }

    /// Two replicas that make the same block make it alike: the later one counts.
    void put(NewBlock block) {
        var unended = block.unended().stream().map(UUID::toString).toArray(String[]::new);
        database.asEngine(() -> blocks.put(
                block.tenant().name(),
                block.first(),
                block.last(),
                block.runs(),
                unended,
                block.words(),
                block.greatest()[Figure.COST.ordinal()],
                block.greatest()[Figure.DURATION.ordinal()],
                block.greatest()[Figure.TOKENS.ordinal()]));
    }

    Instant now() {
        return database.asEngine(blocks::now);
    }
}
