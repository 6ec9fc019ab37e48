package dev.wheelhouse.search;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/// The words of a run that is deleted are taken out of its block as well: the block is made anew without it.
@Singleton
final class ForgetBlocks implements Runs.About {

    private final BlockStore store;

    ForgetBlocks(BlockStore store) {
        this.store = store;
    }

    @Override
    public void forget(TenantId tenant, List<UUID> runs) {
        store.forgetting(tenant, () -> makeWithout(tenant, runs));
    }

    private void makeWithout(TenantId tenant, List<UUID> runs) {
        for (var block : store.with(tenant, runs)) {
            var kept = store.of(tenant, block.first(), block.last()).stream()
                    .filter(run -> !runs.contains(run.run().run()))
                    .toList();
            if (!kept.isEmpty()) {
                FillBlocks.put(store, tenant, kept);
            }
            if (kept.isEmpty() || !kept.getLast().run().run().equals(block.last())) {
                store.remove(tenant, block.last());
            }
        }
    }
}
