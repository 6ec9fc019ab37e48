package dev.wheelhouse.runs;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This replica's part of the engine: takes runs that are due, renews their leases, executes them, hands them over.
///
/// Three threads of its own: `pick-runs` claims, `keep-leases` renews on a connection that nothing else uses, and
/// [Hints] listens. Each run has a virtual thread. Polling is the truth; a hint only makes it sooner.
@Context
final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    /// How many runs one claim takes.
    private static final int MOST = 50;

    /// Runs that one replica has left come due within moments of each other.
    private static final Duration LEAST = Duration.ofMillis(20);

    private final EngineParts parts;
    private final EngineStore store;
    private final LiveRuns live;
    private final RunsConfig config;
    private final Clock clock;
    private final Map<RunId, ExecuteRun> here = new ConcurrentHashMap<>();
    private final Recurring picking;
    private final Recurring keeping;

    Engine(
            EngineStore store,
            RunWriter writer,
            LiveRuns live,
            RunsConfig config,
            Hints hints,
            Clock clock,
            Provider<Program.Source> programs,
            List<RunListener> listeners) {
        this.store = store;
        this.live = live;
        this.config = config;
        this.clock = clock;
        this.parts = new EngineParts(
                store,
                writer,
                config,
                hints,
                clock,
                programs,
                new RunListeners(listeners),
                here,
                clock.mailbox(),
                new AtomicBoolean());
        live.goesOnHere(here::containsKey);
        hints.start(this::heard, live::catchUp);
        picking = Recurring.startPaced(
                clock, "pick-runs", config.poll(), DatabaseException::isAway, parts.wake(), this::pick);
        keeping = Recurring.startLasting(
                clock, "keep-leases", config.lease().dividedBy(4), DatabaseException::isAway, this::renew);
    }

    EngineParts parts() {
        return parts;
    }

    int atOnce() {
        return here.size();
    }

    boolean hasRoom() {
        return !parts.isStopping() && atOnce() < config.atOnce();
    }

    /// Begins a run that was just written down here, with its first event.
    void begin(Run run, RunEvent created, long sentAt) {
        var liveRun = live.here(run.tenant(), run.id());
        liveRun.publish(List.of(created));
        parts.listener().started(run);
        start(new ExecuteRun(run, parts, liveRun, 0, sentAt, false));
    }

    private void start(ExecuteRun execution) {
        here.put(execution.run().id(), execution);
        clock.start("run-" + execution.run().id(), () -> {
            try {
                execution.run().logged(execution::execute);
            } finally {
                here.remove(execution.run().id(), execution);
                live.leave(execution.run().id());
            }
        });
    }

    /// Ends the run soon if it goes on here.
    void cancel(RunId run) {
        var execution = here.get(run);
        if (execution != null) {
            execution.cancel();
        } else {
            parts.hints().cancelled(run);
        }
    }

    /// Has the run stop at its next step boundary if it goes on here.
    void pause(RunId run) {
        var execution = here.get(run);
        if (execution != null) {
            execution.pause();
        } else {
            parts.hints().paused(run);
        }
    }

    private void heard(Hints.Heard heard) {
        if (heard.queued()) {
            parts.wakeUp();
        }
        heard.cancelled().stream().map(here::get).filter(Objects::nonNull).forEach(ExecuteRun::cancel);
        heard.nudged().stream().map(here::get).filter(Objects::nonNull).forEach(ExecuteRun::nudge);
        heard.paused().stream().map(here::get).filter(Objects::nonNull).forEach(ExecuteRun::pause);
    }

    /// Says after which time there may be more to take.
    private Duration pick() {
        if (!hasRoom()) {
            return config.poll();
        }
        store.awaitReady();
        // Counted behind the wait, in which runs may have begun here.
        int room = config.atOnce() - here.size();
        if (room <= 0) {
            return config.poll();
        }
        long sentAt = clock.nanoTime();
        var claim = store.claim(
                Math.min(room, MOST),
                parts.programs().get().known(),
                config.lease().toMillis());
        var logs = logs(claim.runs());
        claim.runs().forEach(one -> tryToTake(one, logs.get(one.run().id()), sentAt));
        return claim.runs().size() == MOST || store.free() > 0 ? Duration.ZERO : until(claim.next());
    }

    /// The usual pause, or less where a replica's lease is about to end: it may be dead.
    private Duration until(@Nullable Duration next) {
        if (next == null || next.compareTo(config.poll()) >= 0) {
            return config.poll();
        }
        return next.compareTo(LEAST) < 0 ? LEAST : next;
    }

    /// What a dead replica leaves is many runs at once: their logs are read together, and each alone only where one of
    /// them cannot be read.
    private Map<RunId, List<EngineStore.Stored>> logs(List<EngineStore.Claimed> claimed) {
        try {
            return claimed.size() < 2
                    ? Map.of()
                    : store.logs(claimed.stream().map(EngineStore.Claimed::run).toList());
        } catch (RuntimeException e) {
            LOG.warn("The logs of {} runs cannot be read together: {}.", claimed.size(), e.getMessage());
            return Map.of();
        }
    }

    /// A log that cannot be read must not keep the other claimed runs from going on.
    private void tryToTake(EngineStore.Claimed claim, @Nullable List<EngineStore.Stored> log, long sentAt) {
        try {
            take(
                    claim,
                    log == null ? store.log(claim.run().tenant(), claim.run().id()) : log,
                    sentAt);
        } catch (RuntimeException e) {
            LOG.error(
                    "Run {} cannot be taken. It is tried again when its lease is over.",
                    claim.run().id(),
                    e);
        }
    }

    private void take(EngineStore.Claimed claim, List<EngineStore.Stored> log, long sentAt) {
        var run = claim.run().withCreated(log.getFirst().data());
        var liveRun = live.here(run.tenant(), run.id());
        liveRun.publish(log.stream().map(EngineStore.Stored::seen).toList());
        var execution = new ExecuteRun(run, parts, liveRun, claim.ageMillis(), sentAt, claim.cancel());
        execution.recover(log, claim.reason());
        switch (claim.reason()) {
            case TAKEOVER -> {
                LOG.info(
                        "Run {} was taken over from a lost replica. It continues here with epoch {}.",
                        run.id(),
                        run.epoch());
                parts.listener().takenOver(run);
            }
            case QUEUED -> {
                if (run.epoch() == 1) {
                    parts.listener().started(run);
                }
            }
            case WOKEN -> {}
        }
        parts.hints().committed(run.id());
        var before = here.get(run.id());
        if (before != null) {
            before.lose();
        }
        start(execution);
    }

    private boolean renew() {
        // Out of reach of Postgres nobody else says that the time is over.
        here.values().forEach(ExecuteRun::stopIfOverdue);
        if (here.isEmpty()) {
            return false;
        }
        var mine = List.copyOf(here.values());
        long sentAt = clock.nanoTime();
        var renewed = new HashMap<RunId, EngineStore.Renewed>();
        store.renew(mine.stream().map(ExecuteRun::run).toList(), config.lease().toMillis())
                .forEach(row -> renewed.put(row.run(), row));
        for (var execution : mine) {
            var row = renewed.get(execution.run().id());
            if (row != null) {
                execution.trust(sentAt);
            } else if (here.get(execution.run().id()) == execution) {
                execution.suspect();
            }
            if (row != null && row.cancel()) {
                execution.cancel();
            }
            if (row != null && row.paused()) {
                execution.pause();
            }
            if (row != null && row.nudged()) {
                execution.nudge();
            }
        }
        return false;
    }

    /// Takes no more runs, lets those here come to a step's end and hands them over. Leases are renewed meanwhile.
    void handOver() throws InterruptedException {
        if (parts.stopping().getAndSet(true)) {
            return;
        }
        LOG.info("Stopping. {} runs are handed over at their next step.", here.size());
        awaitEmpty(config.stopping());
        here.values().forEach(ExecuteRun::hurry);
        awaitEmpty(Duration.ofSeconds(3));
    }

    /// Hands over, then writes what is unwritten.
    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        handOver();
        picking.stop();
        keeping.stop();
        parts.writer().close();
        parts.hints().close();
        if (!here.isEmpty()) {
            LOG.warn(
                    "{} runs still have steps in progress. Other replicas take them over once their leases expire.",
                    here.size());
        }
    }

    private void awaitEmpty(Duration time) throws InterruptedException {
        long end = clock.nanoTime() + time.toNanos();
        while (!here.isEmpty() && clock.nanoTime() < end) {
            clock.sleep(Duration.ofMillis(20));
        }
    }
}
