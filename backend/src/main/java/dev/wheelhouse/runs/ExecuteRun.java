package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries one run on, on a virtual thread of its own, for as long as this replica owns it.
///
/// A turn is: ask the program, write down in one commit what has come to its end and what is about to begin, then do
/// what the program asked for. Nothing is begun before everything ahead of it is committed.
final class ExecuteRun {

    private static final Logger LOG = LoggerFactory.getLogger(ExecuteRun.class);

    /// Why a run waits; where it is for more than one reason, the first of these is told.
    private static final List<String> REASONS = List.of("outcome_unknown", "approval", "run", "timer");

    private final Run run;
    private final Engine engine;
    private final LiveRun live;
    private final long createdNanos;
    private final Progress progress;
    private final List<Commit.Entry> unwritten = new ArrayList<>();
    private final PerformSteps performing;
    private int seq;
    private boolean again;
    private volatile long trustedSince;
    private volatile boolean cancelled;
    private volatile boolean paused;
    private volatile boolean lost;

    ExecuteRun(Run run, Engine engine, LiveRun live, long ageMillis, long trustedSince, boolean cancelled) {
        this.run = run;
        this.engine = engine;
        this.live = live;
        this.createdNanos = clock().nanoTime() - Duration.ofMillis(ageMillis).toNanos();
        this.trustedSince = trustedSince;
        this.cancelled = cancelled;
        this.seq = run.lastSeq();
        this.paused = run.paused();
        this.progress = new Progress(run.createdAt());
        this.performing = new PerformSteps(this);
    }

    Clock clock() {
        return engine.clock();
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
        progress.recover(log);
    }

    /// Runs until the run has ended, waits, was handed over or is lost.
    void execute() {
        try {
            var program = engine.program(run);
            while (!cancelled) {
                if (hasStopped(program.next(progress.history(run, age())))) {
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
            case Next.Steps works -> perform(works.steps());
        };
    }

    private boolean perform(List<PlannedStep> works) throws InterruptedException {
        var open = works.stream().filter(work -> !progress.has(work.number())).toList();
        if (open.isEmpty()) {
            throw new IllegalStateException("The program asked for no step that is not done already");
        }
        if (engine.isStopping()) {
            return release();
        }
        if (paused) {
            unwritten.add(new Commit.Entry("run.waiting", 0, "{\"reason\":\"paused\"}"));
            write(RunState.WAITING, null, new Run.Waiting("paused", null, 0));
            return true;
        }
        var now = open.stream()
                .filter(work -> work.action() instanceof PlannedStep.Action.Execute)
                .toList();
        if (now.isEmpty()) {
            return await(open);
        }
        var doubtful = now.stream().filter(progress::isDoubtful).toList();
        return doubtful.isEmpty() ? begin(now) : settle(doubtful);
    }

    private boolean begin(List<PlannedStep> works) throws InterruptedException {
        works.stream().filter(work -> work.effect() != Effect.READ).forEach(this::begin);
        write(RunState.RUNNING, null, null);
        works.forEach(work -> performing.start(work, attempt(work), key(work)));
        collect(works.size());
        again = false;
        return false;
    }

    private int attempt(PlannedStep work) {
        var intent = progress.intent(work.number());
        return intent == null ? again ? 2 : 1 : intent.attempt();
    }

    private String key(PlannedStep work) {
        var intent = progress.intent(work.number());
        return intent == null || intent.key() == null ? run.id() + ":" + work.number() : intent.key();
    }

    private void begin(PlannedStep work) {
        var begun = progress.begin(work.number());
        unwritten.add(new Commit.Entry(
                "step.started", work.number(), EventData.step(work, begun.attempt(), begun.key(), 0, null)));
    }

    /// Steps that end by time, by a person's word or with another run: takes what has ended, or waits for the rest.
    private boolean await(List<PlannedStep> works) throws InterruptedException {
        var called = works.stream()
                .filter(work ->
                        work.action() instanceof PlannedStep.Action.Call && progress.intent(work.number()) == null)
                .toList();
        called.forEach(this::begin);
        if (!called.isEmpty()) {
            write(RunState.RUNNING, null, null);
        }
        var standing = new AwaitSteps(engine, run, progress).look(works);
        if (finish(standing)) {
            return false;
        }
        standing.stream().filter(this::isToBeStated).forEach(one -> state(one.work()));
        return waitFor(standing);
    }

    /// Takes the ends of those that have ended; says whether there were any.
    private boolean finish(List<AwaitSteps.WaitingStep> standing) {
        boolean any = false;
        for (var one : standing) {
            if (one.outcome() != null) {
                var took = progress.begunFor(one.work().number());
                finish(one.work(), attempt(one.work()), took, one.outcome());
                any = true;
            }
        }
        return any;
    }

    /// Steps that wait are on record before the run waits; one whose question was edited is stated again.
    private boolean isToBeStated(AwaitSteps.WaitingStep one) {
        var intent = progress.intent(one.work().number());
        return intent == null
                || intent.approval() != null
                        && !String.valueOf(one.work().input()).contains(intent.approval());
    }

    private void state(PlannedStep work) {
        if (work.action() instanceof PlannedStep.Action.Ask) {
            progress.asked();
        }
        unwritten.add(new Commit.Entry("step.started", work.number(), EventData.step(work, 1, 0, null)));
    }

    private boolean waitFor(List<AwaitSteps.WaitingStep> standing) {
        var first = standing.stream()
                .min(Comparator.comparing(one -> REASONS.indexOf(one.reason())))
                .orElseThrow();
        var left = standing.stream()
                .map(AwaitSteps.WaitingStep::left)
                .filter(java.util.Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var numbers = standing.stream().map(one -> one.work().number()).sorted().toList();
        var data = new StringBuilder("{\"reason\":\"%s\",\"step\":%d"
                .formatted(first.reason(), first.work().number()));
        data.append(numbers.size() > 1 ? ",\"steps\":" + numbers : "");
        data.append(left == null ? "}" : ",\"forMs\":" + left.toMillis() + "}");
        unwritten.add(new Commit.Entry("run.waiting", 0, data.toString()));
        write(
                RunState.WAITING,
                left,
                new Run.Waiting(first.reason(), null, first.work().number()));
        return true;
    }

    /// Effects that must not be repeated unasked and that an owner of the past had begun: a person says what became of
    /// them.
    private boolean settle(List<PlannedStep> works) {
        progress.asked();
        var standing = new AwaitSteps(engine, run, progress).doubt(works);
        for (var one : standing) {
            if (one.outcome() != null && !follow(one.work(), one.outcome())) {
                end(RunState.CANCELLED, null, "{}");
                return true;
            }
        }
        if (standing.stream().anyMatch(one -> one.outcome() != null)) {
            return false;
        }
        for (var one : standing) {
            int step = one.work().number();
            var intent = progress.intent(step);
            if (intent != null && intent.doubt() == Intent.Doubt.BEGUN) {
                unwritten.add(
                        new Commit.Entry("step.unknown", step, EventData.step(one.work(), intent.attempt(), 0, null)));
            }
        }
        return waitFor(standing);
    }

    /// Does what a person said about an effect in doubt; false where they want the run to be stopped.
    private boolean follow(PlannedStep work, Outcome said) {
        var answer = Json.read(String.valueOf(said.output()));
        switch (answer.path("decision").asText()) {
            case "again" -> {
                progress.clear(work.number());
                return true;
            }
            case "happened" -> {
                String told = answer.has("answer") ? answer.get("answer").toString() : "{\"happened\":true}";
                finish(work, attempt(work), Duration.ZERO, Outcome.of(told));
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /// Waits for the ends of steps. All but the last are written at once; the last goes with what the program says
    /// next.
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

    private void finish(PlannedStep work, int attempt, Duration took, Outcome outcome) {
        var step = new Step(
                work.number(), work.kind(), work.name(), work.call(), work.effect(), attempt, work.input(), outcome);
        progress.add(step);
        String type = outcome.hasFailed() ? "step.failed" : "step.succeeded";
        unwritten.add(new Commit.Entry(type, work.number(), EventData.step(work, attempt, took.toMillis(), outcome)));
        engine.listener().stepEnded(run, step, took);
    }

    private boolean release() {
        unwritten.add(new Commit.Entry("run.released", 0, "{\"replica\":\"" + engine.replica() + "\"}"));
        write(RunState.QUEUED, Duration.ZERO, null);
        return true;
    }

    private void end(RunState state, @Nullable Failure failure, String data) {
        String why = failure == null ? null : EventData.failure(failure);
        unwritten.add(new Commit.Entry("run." + state.word(), 0, why == null ? data : "{\"error\":" + why + "}"));
        write(state, null, null);
        if (progress.hasAsked()) {
            engine.withdraw(run);
        }
        engine.listener().ended(run, state, age());
    }

    /// One commit for all that is unwritten. Throws LostRunException where the row is another's by now.
    private void write(RunState state, @Nullable Duration due, Run.@Nullable Waiting waiting) {
        if (unwritten.isEmpty()) {
            return;
        }
        checkOwned();
        long before = clock().nanoTime();
        var commit = new Commit(
                run.tenant(),
                run.id(),
                run.parent(),
                run.epoch(),
                seq,
                List.copyOf(unwritten),
                state,
                due,
                waiting,
                progress.committed(),
                progress.usage());
        var at = engine.commit(commit, trustedSince + engine.fence().toNanos() - before);
        if (at == null) {
            lost = true;
            engine.listener().staleWriteRejected(run.id());
            throw new LostRunException("another replica has taken it");
        }
        trustedSince = before;
        publish(at.at());
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

    /// It is handed back at the end of the steps under way.
    void pause() {
        paused = true;
    }

    /// A renewal did not find the run as ours. If it has not just ended here, it is another's.
    void suspect() {
        if (clock().nanoTime() - trustedSince > engine.fence().toNanos() / 2) {
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

    /// Nothing was heard of the lease for so long that the run may be another's: stops what is under way.
    void stopIfOverdue() {
        if (isOverdue()) {
            performing.interrupt();
        }
    }

    private boolean isOverdue() {
        return clock().nanoTime() - trustedSince > engine.fence().toNanos();
    }

    /// Asked right before an effect: the end of a cancelled run may be on record already.
    void checkMayAct() {
        if (cancelled) {
            throw new LostRunException("it was cancelled");
        }
        checkOwned();
    }

    void checkOwned() {
        if (lost) {
            throw new LostRunException("another replica has taken it");
        }
        if (isOverdue()) {
            throw new LostRunException("its lease could not be renewed in time");
        }
    }

    Duration age() {
        return Duration.ofNanos(clock().nanoTime() - createdNanos).minus(progress.idle());
    }
}
