package dev.wheelhouse.runs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.base.TenantId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// All live runs of this replica. A run is here while it goes on here or is watched here, and a moment longer, so that
/// a client that opens its stream after a quick run costs no read.
@Singleton
final class LiveRuns {

    private final ConcurrentHashMap<RunId, LiveRun> runs = new ConcurrentHashMap<>();
    private final Cache<RunId, LiveRun> justEnded = Caffeine.newBuilder()
            .maximumSize(500)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build();
    private final EngineStore store;

    LiveRuns(EngineStore store) {
        this.store = store;
    }

    /// The live run for a run that goes on here.
    LiveRun here(TenantId tenant, RunId run) {
        return runs.computeIfAbsent(run, id -> new LiveRun(tenant, id));
    }

    /// A run that no longer goes on here stays while it is watched.
    void leave(RunId run) {
        runs.computeIfPresent(run, (id, live) -> {
            if (live.hasEnded()) {
                justEnded.put(id, live);
            }
            return live.isWatched() ? live : null;
        });
    }

    /// Shows the run to the watcher. The caller has made sure that the tenant has this run.
    RunWatcher.Watch watch(TenantId tenant, RunId run, int after, RunWatcher watcher) {
        var ended = justEnded.getIfPresent(run);
        if (ended != null) {
            ended.attach(watcher, after);
            return () -> {};
        }
        var live = here(tenant, run);
        if (live.seq() == 0) {
            read(live);
        }
        live.attach(watcher, after);
        // It may have been dropped between being found and being watched; watched, it must be findable.
        runs.putIfAbsent(run, live);
        return () -> {
            live.detach(watcher);
            leaveIfIdle(live);
        };
    }

    /// True where the log is in memory, which it is only after this tenant's row was seen.
    boolean knows(TenantId tenant, RunId run) {
        var live = runs.get(run);
        var found = live == null ? justEnded.getIfPresent(run) : live;
        return found != null && found.seq() > 0 && found.tenant().equals(tenant);
    }

    private void leaveIfIdle(LiveRun live) {
        if (!goesOnHere.test(live.run())) {
            leave(live.run());
        }
    }

    private java.util.function.Predicate<RunId> goesOnHere = run -> false;

    void goesOnHere(java.util.function.Predicate<RunId> test) {
        goesOnHere = test;
    }

    @Nullable
    LiveRun find(RunId run) {
        return runs.get(run);
    }

    private void read(LiveRun live) {
        live.publish(store.log(live.tenant(), live.run()).stream()
                .map(EngineStore.Stored::seen)
                .toList());
    }

    /// Reads what other replicas have added to the logs of runs that are watched here.
    void catchUp() {
        var elsewhere = runs.values().stream()
                .filter(live -> live.isWatched() && !goesOnHere.test(live.run()))
                .toList();
        if (elsewhere.isEmpty()) {
            return;
        }
        for (var stored : store.added(elsewhere)) {
            var live = runs.get(stored.run());
            if (live != null) {
                live.publish(List.of(stored.seen()));
            }
        }
        elsewhere.stream().filter(LiveRun::hasEnded).forEach(live -> leave(live.run()));
    }
}
