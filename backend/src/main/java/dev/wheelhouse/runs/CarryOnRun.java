package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one run on, on a virtual thread of its own, for as long as this replica owns it.
///
/// A turn is: ask the program, write down in one commit what has come to its end and what is about to begin, then do
/// what the program asked for. Nothing is begun before everything ahead of it is committed.
final class CarryOnRun {

    private static final Logger LOG = LoggerFactory.getLogger(CarryOnRun.class);

    private final Run run;
    private final Engine engine;
    private final LiveRun live;
    private final long createdNanos;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Integer, Intent> intents = new HashMap<>();
    private final List<Entry> unwritten = new ArrayList<>();
    private final PerformWorks performing;
    private Usage usage = Usage.NONE;
    private int seq;
    private boolean again;
    private volatile long trustedSince;
    private volatile boolean cancelled;
    private volatile boolean lost;

    /// A step that was begun before this replica took the run, and whose end is not on record.
    private record Intent(int attempt, boolean isOver) {}

    CarryOnRun(Run run, Engine engine, LiveRun live, long ageMillis, long trustedSince, boolean cancelled) {
        this.run = run;
        this.engine = engine;
        this.live = live;
        this.createdNanos = machine().nanoTime() - Duration.ofMillis(ageMillis).toNanos();
        this.trustedSince = trustedSince;
        this.cancelled = cancelled;
        this.seq = run.lastSeq();
        this.performing = new PerformWorks(this);
    }

    Machine machine() {
        return engine.machine();
    }

    Run run() {
        return run;
    }

    int epoch() {
        return run.epoch();
    }

    LiveRun live() {
        return live;
    }

    /// Reads what the replicas before have committed; the last entry is the claim by this one, and its time is now.
    void recover(List<EngineStore.Stored> log, String reason) {
        again = reason.equals("takeover");
        seq = log.getLast().seq();
        var now = log.getLast().at();
        for (var event : log) {
            switch (event.type()) {
                case "step.succeeded", "step.failed", "step.unknown" -> {
                    intents.remove(event.step());
                    add(EventData.step(event.step(), event.type(), event.data()));
                }
                case "step.started" -> {
                    var node = Json.read(event.data());
                    var end = event.at().plusMillis(node.path("sleepMs").asLong(Long.MAX_VALUE / 4));
                    intents.put(event.step(), new Intent(node.path("attempt").asInt(1), !end.isAfter(now)));
                }
                default -> {}
            }
        }
    }

    private void add(Step step) {
        steps.add(step);
        steps.sort(Comparator.comparingInt(Step::number));
        usage = usage.plus(step.outcome().usage());
    }

    /// Runs until the run has ended, waits, was handed over or is lost.
    void carryOn() {
        try {
            var program = engine.program(run);
            while (!cancelled) {
                if (hasStopped(program.next(new History(run, List.copyOf(steps), age())))) {
                    return;
                }
            }
            end(RunState.CANCELLED, null, "{}");
        } catch (LostRunException e) {
            LOG.info("Run {} is no longer carried on here: {}. Whoever owns it goes on.", run.id(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.info("Run {} was interrupted. Its lease runs out and another replica takes it.", run.id());
        } catch (RuntimeException | StackOverflowError e) {
            fail(e);
        } finally {
            performing.interrupt();
        }
    }

    /// A program that throws would throw on every replica, so the run ends. A database that is away comes back.
    private void fail(Throwable e) {
        boolean passes = e instanceof Problem problem && problem.code() == ErrorCode.NOT_READY
                || e instanceof DatabaseException database && database.isPassing();
        if (passes) {
            LOG.warn(
                    "Run {} cannot be carried on now: {}. It is taken again when its lease is over.",
                    run.id(),
                    e.getMessage());
            return;
        }
        LOG.error("The program of run {} broke. The run ends as failed.", run.id(), e);
        try {
            end(
                    RunState.FAILED,
                    new Failure("program_broke", "The agent's program broke: " + e, "Tell your operator the run's id"),
                    "");
        } catch (RuntimeException again) {
            LOG.warn("The end of run {} could not be written: {}.", run.id(), again.getMessage());
        }
    }

    private boolean hasStopped(Next next) throws InterruptedException {
        return switch (next) {
            case Next.Succeed done -> {
                end(RunState.SUCCEEDED, null, "{\"output\":" + Json.quote(done.output()) + "}");
                yield true;
            }
            case Next.Fail failed -> {
                end(RunState.FAILED, failed.failure(), "");
                yield true;
            }
            case Next.Perform works -> perform(works.works());
        };
    }

    private boolean perform(List<Work> works) throws InterruptedException {
        var open = works.stream()
                .filter(work -> steps.stream().noneMatch(s -> s.number() == work.number()))
                .toList();
        if (open.isEmpty()) {
            throw new IllegalStateException("The program asked for no step that is not done already");
        }
        var now = open.stream()
                .filter(work -> work.action() instanceof Work.Action.Perform)
                .toList();
        if (now.isEmpty()) {
            return sleep(open.getFirst());
        }
        var unknown = now.stream()
                .filter(work -> work.effect() == Effect.UNKEYED && intents.containsKey(work.number()))
                .findFirst();
        if (unknown.isPresent()) {
            return waitForPerson(unknown.get());
        }
        if (engine.isStopping()) {
            return release();
        }
        now.stream().filter(work -> work.effect() != Effect.READ).forEach(this::begin);
        write(RunState.RUNNING, null, null);
        now.forEach(work -> performing.start(work, attempt(work)));
        collect(now.size());
        again = false;
        return false;
    }

    private int attempt(Work work) {
        var intent = intents.get(work.number());
        return intent == null ? again ? 2 : 1 : intent.attempt();
    }

    private void begin(Work work) {
        var before = intents.get(work.number());
        int attempt = before == null ? 1 : before.attempt() + 1;
        intents.put(work.number(), new Intent(attempt, false));
        unwritten.add(new Entry("step.started", work.number(), EventData.step(work, attempt, 0, null)));
    }

    /// Waits for the ends of steps. All but the last are written at once; the last goes with what the program says
    // next.
    private void collect(int count) throws InterruptedException {
        for (int left = count; left > 0; ) {
            var ends = performing.await();
            checkOwned();
            if (cancelled) {
                return;
            }
            for (var end : ends) {
                if (end.outcome() != null) {
                    finish(end.work(), end.attempt(), end.took(), end.outcome());
                }
            }
            left -= ends.size();
            if (left > 0) {
                write(RunState.RUNNING, null, null);
            }
        }
    }

    private void finish(Work work, int attempt, Duration took, Outcome outcome) {
        intents.remove(work.number());
        var step = new Step(
                work.number(), work.kind(), work.name(), work.call(), work.effect(), attempt, work.input(), outcome);
        add(step);
        String type = outcome.hasFailed() ? "step.failed" : "step.succeeded";
        unwritten.add(new Entry(type, work.number(), EventData.step(work, attempt, took.toMillis(), outcome)));
        engine.listener().stepEnded(run, step, took);
    }

    private boolean sleep(Work work) throws InterruptedException {
        var sleep = (Work.Action.Sleep) work.action();
        var intent = intents.get(work.number());
        if (intent != null && intent.isOver()) {
            finish(work, intent.attempt(), sleep.time(), Outcome.of(sleep.output()));
            return false;
        }
        if (intent == null) {
            begin(work);
        }
        unwritten.add(new Entry(
                "run.waiting",
                0,
                "{\"reason\":\"timer\",\"step\":%d,\"forMs\":%d}"
                        .formatted(work.number(), sleep.time().toMillis())));
        write(RunState.WAITING, sleep.time(), new Run.Waiting("timer", null, work.number()));
        return true;
    }

    private boolean waitForPerson(Work work) {
        unwritten.add(new Entry("step.unknown", work.number(), EventData.step(work, attempt(work), 0, null)));
        unwritten.add(new Entry("run.waiting", 0, "{\"reason\":\"outcome_unknown\",\"step\":" + work.number() + "}"));
        write(RunState.WAITING, null, new Run.Waiting("outcome_unknown", null, work.number()));
        return true;
    }

    private boolean release() {
        unwritten.add(new Entry("run.released", 0, "{\"replica\":\"" + engine.replica() + "\"}"));
        write(RunState.QUEUED, Duration.ZERO, null);
        return true;
    }

    private void end(RunState state, @Nullable Failure failure, String data) {
        String why = failure == null ? null : EventData.failure(failure);
        unwritten.add(new Entry("run." + state.word(), 0, why == null ? data : "{\"error\":" + why + "}"));
        write(state, null, null);
        engine.listener().ended(run, state, age());
    }

    /// One commit for all that is unwritten. Throws LostRunException where the row is another's by now.
    private void write(RunState state, @Nullable Duration due, Run.@Nullable Waiting waiting) {
        if (unwritten.isEmpty()) {
            return;
        }
        checkOwned();
        long before = machine().nanoTime();
        var commit = new Commit(
                run.tenant(),
                run.id(),
                run.epoch(),
                seq,
                List.copyOf(unwritten),
                state,
                due,
                waiting,
                steps.size(),
                usage);
        var at = engine.commit(commit);
        if (at == null) {
            lost = true;
            engine.listener().staleWriteRejected(run.id());
            throw new LostRunException("another replica has taken it");
        }
        trustedSince = before;
        publish(at);
    }

    private void publish(Instant at) {
        var events = new ArrayList<RunEvent>(unwritten.size());
        for (var entry : unwritten) {
            events.add(new RunEvent(
                    run.id(),
                    ++seq,
                    at,
                    entry.type(),
                    entry.step(),
                    EventData.seen(entry.type(), entry.step(), at, entry.data())));
        }
        unwritten.clear();
        live.publish(events);
    }

    /// The lease was renewed by a statement that was sent at this nanoTime.
    void trust(long sentAt) {
        trustedSince = sentAt;
    }

    void cancel() {
        cancelled = true;
        performing.interrupt();
    }

    /// A renewal did not find the run as ours. If it has not just ended here, it is another's.
    void suspect() {
        if (machine().nanoTime() - trustedSince > engine.fence().toNanos() / 2) {
            lose();
        }
    }

    /// The run is another's; whatever is under way here stops.
    void lose() {
        lost = true;
        performing.interrupt();
    }

    /// Stops steps that may be done again elsewhere, so that a stopping replica can hand the run over.
    void hurry() {
        performing.interruptRepeatable();
    }

    void checkOwned() {
        if (lost) {
            throw new LostRunException("another replica has taken it");
        }
        if (machine().nanoTime() - trustedSince > engine.fence().toNanos()) {
            throw new LostRunException("its lease could not be renewed in time");
        }
    }

    Duration age() {
        return Duration.ofNanos(machine().nanoTime() - createdNanos);
    }
}
