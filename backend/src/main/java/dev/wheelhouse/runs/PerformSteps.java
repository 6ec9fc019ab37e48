package dev.wheelhouse.runs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.base.Trace;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import dev.wheelhouse.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs the steps of one run side by side, each on a virtual thread, and gives their ends in the order they come.
final class PerformSteps {

    private static final Logger LOG = LoggerFactory.getLogger(PerformSteps.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// How a step ended; without an outcome it was interrupted and counts as not done.
    record End(
            PlannedStep work,
            int attempt,
            Duration took,
            @Nullable Outcome outcome) {}

    private final Run run;
    private final Clock clock;
    private final Ownership ownership;
    private final LiveRun live;
    private final DatabaseTime time;
    private final Mailbox<Optional<End>> ends;
    private final Map<Integer, UnderWay> underWay = new ConcurrentHashMap<>();

    /// Those whose end nobody has taken yet; known to the run's own thread only.
    private final Map<Integer, PlannedStep> begun = new LinkedHashMap<>();

    private record UnderWay(PlannedStep work, CompletableFuture<Clock.Activity> activity) {
        void interrupt() {
            activity.thenAccept(Clock.Activity::interrupt);
        }
    }

    PerformSteps(Run run, Clock clock, Ownership ownership, LiveRun live, DatabaseTime time) {
        this.run = run;
        this.clock = clock;
        this.ownership = ownership;
        this.live = live;
        this.time = time;
        ends = clock.mailbox();
    }

    /// `key` is the idempotency key of the step's effect.
    void start(PlannedStep work, int attempt, String key) {
        var now = time.now();
        live.running(
                work.number(),
                () -> EventData.seen(work.number(), "running", now, EventData.step(work, attempt, 0, null)));
        begun.put(work.number(), work);
        var activity = new CompletableFuture<Clock.Activity>();
        underWay.put(work.number(), new UnderWay(work, activity));
        activity.complete(clock.start(work.name(), () -> run.logged(() -> perform(work, attempt, key))));
    }

    private void perform(PlannedStep work, int attempt, String key) {
        long start = clock.nanoTime();
        var outcome = Trace.during(run.trace(work.number()), () -> outcome(work, attempt, key));
        underWay.remove(work.number());
        ends.put(Optional.of(new End(work, attempt, Duration.ofNanos(clock.nanoTime() - start), outcome)));
    }

    /// A step that met a Postgres that is away for a moment has not failed: it is done again here, as another replica
    /// would do it, for as long as the run is ours. What must not be repeated is left as it is.
    private @Nullable Outcome outcome(PlannedStep work, int attempt, String key) {
        while (true) {
            try {
                return outcomeOf(work, attempt, key);
            } catch (DatabaseException | Problem e) {
                try {
                    clock.sleep(PAUSE);
                    ownership.check();
                } catch (InterruptedException | LostRunException lost) {
                    return null;
                }
            }
        }
    }

    private static boolean passes(RuntimeException e, PlannedStep work) {
        return DatabaseException.isAway(e) && work.effect() != Effect.UNKEYED;
    }

    private @Nullable Outcome outcomeOf(PlannedStep work, int attempt, String key) {
        try {
            return ((PlannedStep.Action.Execute) work.action())
                    .body()
                    .perform(new Context(work.number(), attempt, key));
        } catch (InterruptedException | LostRunException e) {
            return null;
        } catch (Problem e) {
            if (passes(e, work)) {
                throw e;
            }
            return Outcome.failed(
                    new Failure(e.code().name().toLowerCase(java.util.Locale.ROOT), e.message(), e.hint()));
        } catch (Exception | Error e) {
            // An error too: without an end the run would wait for this step for as long as its lease is renewed.
            if (e instanceof DatabaseException refused && passes(refused, work)) {
                throw refused;
            }
            LOG.warn(
                    "Step {} \"{}\" of run {} failed unexpectedly. It is committed as failed.",
                    work.number(),
                    work.name(),
                    run.id(),
                    e);
            return Outcome.failed(new Failure("step_broke", Text.shorten(String.valueOf(e), 500)));
        }
    }

    boolean isBusy() {
        return !begun.isEmpty();
    }

    boolean has(int step) {
        return begun.containsKey(step);
    }

    Collection<PlannedStep> underWay() {
        return begun.values();
    }

    /// Waits for at least one end, at most this long or without a limit, and gives all that are there; none when the
    /// time is over or somebody woke it up.
    List<End> await(@Nullable Duration most) throws InterruptedException {
        var first = most == null ? ends.take() : ends.poll(most);
        if (first == null) {
            return List.of();
        }
        var all = new ArrayList<Optional<End>>(4);
        all.add(first);
        ends.drainTo(all, Integer.MAX_VALUE);
        var some = new ArrayList<End>(all.size());
        for (var one : all) {
            one.ifPresent(end -> {
                begun.remove(end.work().number());
                some.add(end);
            });
        }
        return some;
    }

    void wakeUp() {
        ends.put(Optional.empty());
    }

    void interrupt() {
        underWay.values().forEach(UnderWay::interrupt);
        wakeUp();
    }

    /// Interrupts what may be done again without harm.
    void interruptRepeatable() {
        underWay.values().stream()
                .filter(under -> under.work().effect() != Effect.UNKEYED)
                .forEach(UnderWay::interrupt);
    }

    private final class Context implements StepContext {

        private final int step;
        private final int attempt;
        private final String key;

        Context(int step, int attempt, String key) {
            this.step = step;
            this.attempt = attempt;
            this.key = key;
        }

        @Override
        public TenantId tenant() {
            return PerformSteps.this.run.tenant();
        }

        @Override
        public RunId run() {
            return PerformSteps.this.run.id();
        }

        @Override
        public int step() {
            return step;
        }

        @Override
        public int epoch() {
            return PerformSteps.this.run.epoch();
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public String idempotencyKey() {
            return key;
        }

        @Override
        public void delta(String text) {
            live.delta(step, text);
        }

        @Override
        public void reset() {
            live.reset(step);
        }

        @Override
        public void ensureOwned() {
            ownership.checkMayAct();
        }
    }
}
