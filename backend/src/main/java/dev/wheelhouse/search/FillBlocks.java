package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Makes blocks of runs, some time after they began, so that nearly all have ended; and anew where one ends later. Any
/// replica may: what two make at once is the same.
@Context
final class FillBlocks implements AutoCloseable {

    /// How many runs make a block.
    static final int RUNS = 64;

    /// Ids of runs that began at the same time on several replicas arrive in any order.
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int AT_ONCE = 20;
    private static final UUID FIRST = new UUID(0, 0);

    private final BlockStore store;
    private final Recurring filling;

    FillBlocks(BlockStore store, Clock clock) {
        this.store = store;
        filling = Recurring.startLater(clock, "fill-search-blocks", PAUSE, DatabaseException::isAway, this::round);
    }

    private boolean round() {
        return fill(store.now().minus(SETTLED));
    }

    /// Blocks of what is older than `before`; true if there is more to do.
    boolean fill(Instant before) {
        int made = 0;
        for (var tenant : store.behind(before)) {
            for (int block = 0; block < AT_ONCE && fillOne(tenant, before); block++) {
                made++;
            }
        }
        var stale = store.stale(AT_ONCE);
        stale.forEach(block -> remake(new TenantId(block.tenant()), block));
        return made >= AT_ONCE || stale.size() == AT_ONCE;
    }

    void remake(TenantId tenant, BlockRepository.Stale block) {
        store.making(tenant, () -> {
            var left = store.of(tenant, block.first(), block.last());
            // All of them were deleted since the block was seen, and the block with them.
            if (!left.isEmpty()) {
                put(store, tenant, left);
            }
            return left;
        });
    }

    private boolean fillOne(TenantId tenant, Instant before) {
        return store.making(tenant, () -> makeNext(tenant, before));
    }

    private boolean makeNext(TenantId tenant, Instant before) {
        var next = store.next(tenant, store.newest(tenant).orElse(FIRST), before, RUNS);
        if (next.size() < RUNS) {
            return false;
        }
        put(store, tenant, next);
        return true;
    }

    /// All of them where their words have room in one place, else as many as have.
    static void put(BlockStore store, TenantId tenant, List<RunText> runs) {
        var words = new BlockWords();
        var unended = new ArrayList<UUID>();
        var greatest = new long[Figure.values().length];
        int many = 0;
        for (var run : runs) {
            if (!words.add(run.words())) {
                put(store, tenant, runs.subList(many, runs.size()));
                break;
            }
            many++;
            if (run.run().endedAt() == null) {
                unended.add(run.run().run());
            }
            run.figures()
                    .forEach((figure, value) ->
                            greatest[figure.ordinal()] = Math.max(greatest[figure.ordinal()], value));
        }
        var first = runs.getFirst().run().run();
        var last = runs.get(many - 1).run().run();
        String vector = words.vector(!unended.isEmpty());
        store.put(new BlockStore.NewBlock(tenant, first, last, many, unended, vector, greatest));
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        filling.close();
    }
}
