package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The run engine's front door. Every answer is about the tenant that is named and no other.
@Singleton
public final class Runs {

    /// Keeps something about runs that has to go when they go, and takes it away when it is told so. Called before the
    /// runs go and once more after, and again with the same runs where that was interrupted.
    public interface About {
        void forget(TenantId tenant, List<UUID> runs);
    }

    private final RunStore store;
    private final CreateRun creating;
    private final LiveRuns live;
    private final Engine engine;
    private final Hints hints;
    private final ForgetRunsStore forgetting;

    Runs(
            RunStore store,
            RunWriter writer,
            LiveRuns live,
            Engine engine,
            Hints hints,
            Database database,
            ForgetRunsStore forgetting) {
        this.forgetting = forgetting;
        this.store = store;
        this.live = live;
        this.engine = engine;
        this.hints = hints;
        this.creating = new CreateRun(store, writer, engine, hints, database);
    }

    /// Writes the run down and begins it here if there is room. When this returns, the run is durable.
    /// Refuses with `thread_busy`, `not_found` (thread) or `conflict` (idempotency key with another request).
    public Run start(NewRun wanted) {
        return creating.start(wanted, open -> cancel(wanted.tenant(), open));
    }

    /// The run that this very request has started before, by its idempotency key.
    public Optional<Run> startedBefore(NewRun wanted) {
        return creating.startedBefore(wanted);
    }

    /// The run that was started with this idempotency key, whatever was asked.
    public Optional<Run> startedWith(TenantId tenant, String idempotencyKey) {
        return store.findByKey(tenant, idempotencyKey).map(first -> get(tenant, first.run()));
    }

    /// The newest run that was started in this time with an idempotency key that begins like this.
    public Optional<Run> newest(TenantId tenant, String beginning, Duration within) {
        return store.newest(tenant, beginning, Ids.before(within)).map(run -> get(tenant, run));
    }

    /// How many runs this replica carries on now, whosever they are.
    public int atOnce() {
        return engine.atOnce();
    }

    /// `not_found` if the tenant has no such run.
    public Run get(TenantId tenant, RunId run) {
        return store.find(tenant, run).orElseThrow(() -> missing("run", run));
    }

    /// The run that a chain of reruns goes back to: the one that was made from no other.
    public Run first(TenantId tenant, RunId rerun) {
        return store.first(tenant, rerun).orElseThrow(() -> missing("run", rerun));
    }

    public Optional<Run> find(TenantId tenant, RunId run) {
        return store.find(tenant, run);
    }

    /// What the run's program would see of it now.
    public History history(Run run) {
        var log = store.log(run.tenant(), run.id());
        var progress = new Progress(run.createdAt());
        progress.recover(log);
        var until = run.times().endedAt() == null
                ? store.now(run.tenant())
                : run.times().endedAt();
        return progress.history(run, Duration.between(run.createdAt(), until).minus(progress.idle(until)), List.of());
    }

    /// Newest first. `after` is a cursor from an earlier page, limit 1 to 200.
    public Page<Run> list(TenantId tenant, RunFilter filter, @Nullable String after, int limit) {
        return store.list(tenant, filter, after == null ? null : Page.cursor(after), limit);
    }

    /// Asks for the end of the run and of those that it has called; an ended run stays as it is. `not_found` if there
    /// is none.
    public Run cancel(TenantId tenant, RunId run) {
        cancelOne(tenant, run);
        store.called(tenant, run).forEach(called -> cancel(tenant, called));
        return get(tenant, run);
    }

    private void cancelOne(TenantId tenant, RunId run) {
        boolean goesOn = store.cancel(tenant, run).orElseThrow(() -> missing("run", run));
        if (goesOn) {
            engine.cancel(run);
        } else {
            live.catchUp();
            hints.committed(run);
            engine.parts().wakeAll();
        }
    }

    /// Deletes all runs of a thread, those that they called, and what others keep about them. Refuses with
    /// `thread_busy` while one of them has not ended. Nothing happens where there are none.
    public void forget(TenantId tenant, UUID thread) {
        forgetting.ofThread(tenant, thread);
    }

    /// Keeps the run from being carried on until it is resumed; steps under way come to their end. `not_pausable` if it
    /// has ended, `not_found` if there is none.
    public Run pause(TenantId tenant, RunId run) {
        var stood = store.pause(tenant, run).orElseThrow(() -> missing("run", run));
        refuseEnded(run, stood.state(), "paused");
        if (stood.state() == RunState.RUNNING) {
            engine.pause(run);
        } else {
            live.catchUp();
            hints.committed(run);
        }
        return get(tenant, run);
    }

    /// Lets a paused run go on; what it waited for and has come meanwhile is seen then.
    public Run resume(TenantId tenant, RunId run) {
        var stood = store.resume(tenant, run).orElseThrow(() -> missing("run", run));
        refuseEnded(run, stood.state(), "resumed");
        engine.parts().wakeAll();
        return get(tenant, run);
    }

    private static void refuseEnded(RunId run, RunState state, String what) {
        if (state.isEnded()) {
            throw new Problem(
                    ErrorCode.NOT_PAUSABLE,
                    "Run \"%s\" has %s and cannot be %s".formatted(run, state.word(), what),
                    "Retry or fork it");
        }
    }

    /// Waits until the run has ended or the time is over; answers with the run as it then is.
    public Run await(TenantId tenant, RunId run, Duration time) throws InterruptedException {
        var ended = new CountDownLatch(1);
        try (var watch = watch(tenant, run, Integer.MAX_VALUE, new UntilEnded(ended))) {
            ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }
        return get(tenant, run);
    }

    /// Committed events with `seq` above `after`, in order. `not_found` if there is no such run.
    public List<RunEvent> events(TenantId tenant, RunId run, int after, int limit) {
        var events = store.events(tenant, run, after, limit);
        if (events.isEmpty()) {
            get(tenant, run);
        }
        return events;
    }

    /// The run's steps as JSON texts in the shape of a step, by number.
    public List<String> steps(TenantId tenant, RunId run) {
        var steps = RunEvent.steps(store.stepEvents(tenant, run));
        if (steps.isEmpty()) {
            get(tenant, run);
        }
        return steps;
    }

    /// Reads a run of whatever tenant with its steps, as [#find] and [#steps] have them, by a statement each: for the
    /// platform itself.
    public void read(TenantId tenant, RunId id, BiConsumer<Run, List<String>> found) {
        store.findAny(tenant, id).ifPresent(run -> {
            var log = engine.parts().store().log(tenant, id).stream()
                    .map(EngineStore.Stored::seen)
                    .toList();
            found.accept(run, RunEvent.steps(log));
        });
    }

    /// The run's committed steps by number. `not_found` if there is no such run.
    public List<Step> recorded(TenantId tenant, RunId run) {
        var steps = store.recorded(tenant, run).stream()
                .filter(event -> event.type().isStepEnd())
                .map(event -> EventData.step(event.step(), event.type(), event.data()))
                .sorted(Comparator.comparingInt(Step::number))
                .toList();
        if (steps.isEmpty()) {
            get(tenant, run);
        }
        return steps;
    }

    /// Shows the run to the watcher: committed events above `after`, then live. Close to stop; never ends the run.
    /// `not_found` if there is no such run.
    public RunWatcher.Watch watch(TenantId tenant, RunId run, int after, RunWatcher watcher) {
        if (!live.knows(tenant, run)) {
            get(tenant, run);
        }
        return live.watch(tenant, run, after, watcher);
    }

    /// Takes no more runs here; those under way go on elsewhere. New ones are still written down, for others to carry
    /// on.
    public void handOver() throws InterruptedException {
        engine.handOver();
    }

    /// How many replicas share the database, this one included; at most 5 s old.
    public int replicas() {
        return hints.replicas();
    }

    /// What waits, over all replicas and tenants.
    ///
    /// @param oldestDueSeconds how long the run has been due that waits longest for a replica; 0 where none does
    /// @param waiting how many runs wait for what; beyond 10,000 in all they are not counted
    public record Queue(double oldestDueSeconds, Map<WaitingReason, Long> waiting) {}

    /// Reads at most 10,000 rows.
    public Queue queue() {
        var waiting = new EnumMap<WaitingReason, Long>(WaitingReason.class);
        store.waiting().forEach((why, count) -> waiting.put(WaitingReason.of(why), count));
        return new Queue(store.oldestDueSeconds(), waiting);
    }

    static Problem missing(String what, Object id) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no %s \"%s\"".formatted(what, id));
    }

    private record UntilEnded(CountDownLatch latch) implements RunWatcher {
        @Override
        public void event(RunEvent event) {}

        @Override
        public void delta(int step, int offset, String text) {}

        @Override
        public void running(String step) {}

        @Override
        public void ended() {
            latch.countDown();
        }
    }
}
