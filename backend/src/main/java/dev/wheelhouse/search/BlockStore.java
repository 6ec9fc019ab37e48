package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.search.BlockRepository.Block;
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
    record NewBlock(
            TenantId tenant,
            UUID first,
            UUID last,
            int runs,
            List<UUID> unended,
            List<String> words,
            long[] greatest) {}

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

    /// Those that are worth looking at, newest first or by their greatest value of a figure.
    ///
    /// @param skip how many were seen
    List<Block> worth(
            TenantId tenant, BlockQuery query, UUID before, Instant from, @Nullable Figure sort, int skip, int most) {
        var least = atOrAfter(from);
        String words = query.words();
        String figure = sort == null ? null : sort.word();
        if (words != null) {
            String either = "(%s) | %s".formatted(words, BlockQuery.quoted(BlockQuery.UNENDED));
            return database.asEngine(
                    () -> blocks.holding(tenant.name(), words, either, before, least, figure, skip, most));
        }
        return database.asEngine(() -> figure == null
                ? blocks.byAge(tenant.name(), before, least, skip, most)
                : blocks.byFigure(tenant.name(), before, least, figure, skip, most));
    }

    /// The first id of this time.
    private static UUID atOrAfter(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
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
        var words = block.words().toArray(String[]::new);
        database.asEngine(() -> blocks.put(
                block.tenant().name(),
                block.first(),
                block.last(),
                block.runs(),
                unended,
                words,
                block.greatest()[Figure.COST.ordinal()],
                block.greatest()[Figure.DURATION.ordinal()],
                block.greatest()[Figure.TOKENS.ordinal()]));
    }

    Instant now() {
        return database.asEngine(blocks::now);
    }
}
