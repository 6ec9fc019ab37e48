package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes one run, on a virtual thread of its own, for as long as this replica owns it.
///
/// A turn is: ask the program, write down in one commit what has come to its end and what is about to begin, then do
/// what the program asked for. Nothing is begun before everything ahead of it is committed.
final class ExecuteRun {

    private static final Logger LOG = LoggerFactory.getLogger(ExecuteRun.class);

    private final Run run;
    private final EngineParts parts;
    private final long createdNanos;
    private final Ownership ownership;
    private final DatabaseTime time;
    private final Progress progress;
    private final RunJournal journal;
    private final PerformSteps performing;
    private final AwaitSteps awaiting;
    private final WaitForSteps waiting;
    private volatile boolean paused;

    ExecuteRun(Run run, EngineParts parts, LiveRun live, long ageMillis, long trustedSince, boolean cancelled) {
        this.run = run;
        this.parts = parts;
        this.createdNanos =
                parts.clock().nanoTime() - Duration.ofMillis(ageMillis).toNanos();
        this.paused = run.paused();
        this.ownership = new Ownership(parts, trustedSince, cancelled);
        this.time = new DatabaseTime(parts.clock(), run.createdAt());
        this.progress = new Progress(run.createdAt());
        this.journal = new RunJournal(run, parts, ownership, progress, live, time);
        this.performing = new PerformSteps(run, parts.clock(), ownership, live, time);
        this.awaiting = new AwaitSteps(parts, run, progress);
        this.waiting = new WaitForSteps(progress, journal);
    }

    Run run() {
        return run;
    }

    /// Reads what the replicas before have committed; the last entry is the claim by this one, and its time is now.
    void recover(List<EngineStore.Stored> log, EngineStore.Due reason) {
        time.hear(log.getLast().at());
        journal.recover(log.getLast().seq());
        progress.recover(log);
        if (reason == EngineStore.Due.TAKEOVER) {
            progress.takenOver();
        }
    }

    /// Runs until the run has ended, waits, was handed over or is lost.
    void execute() {
        try {
            var program = parts.programs().get().load(run);
            while (!ownership.isCancelled()) {
                if (hasStopped(program.next(progress.history(run, age())))) {
                    return;
                }
            }
            end(RunState.CANCELLED, "{}");
        } catch (LostRunException e) {
            LOG.info("Run {} no longer goes on here: {}. Its owner goes on with it.", run.id(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.info("Run {} was interrupted. Another replica takes it when its lease is over.", run.id());
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
                    "Run {} cannot go on now: {}. It is taken again when its lease is over.", run.id(), e.getMessage());
            return;
        }
        LOG.error("The program of run {} broke. The run ends as failed.", run.id(), e);
        try {
            fail(new Failure("program_broke", "The program broke: " + e, "Tell your operator the run's id"));
        } catch (RuntimeException again) {
            LOG.warn("The end of run {} could not be written: {}.", run.id(), again.getMessage());
        }
    }

    private boolean hasStopped(Next next) throws InterruptedException {
        return switch (next) {
            case Next.Succeed done -> {
                end(RunState.SUCCEEDED, "{\"output\":" + Json.quote(done.output()) + "}");
                yield true;
            }
            case Next.Fail failed -> {
                fail(failed.failure());
                yield true;
            }
            case Next.Steps planned -> hasStopped(planned.steps());
        };
    }

    private boolean hasStopped(List<PlannedStep> planned) throws InterruptedException {
        var open = planned.stream().filter(step -> !progress.has(step.number())).toList();
        if (open.isEmpty()) {
            throw new IllegalStateException("The program asked for no step that is not done already");
        }
        if (parts.isStopping()) {
            journal.releases();
            return true;
        }
        if (paused) {
            waiting.pause();
            return true;
        }
        var now = open.stream()
                .filter(step -> step.action() instanceof PlannedStep.Action.Execute)
                .toList();
        if (now.isEmpty()) {
            return await(open);
        }
        var doubtful = now.stream().filter(progress::isDoubtful).toList();
        if (!doubtful.isEmpty()) {
            return settle(doubtful);
        }
        perform(now);
        return false;
    }

    private void perform(List<PlannedStep> steps) throws InterruptedException {
        steps.stream().filter(step -> step.effect() != Effect.READ).forEach(this::begin);
        journal.write();
        steps.forEach(step -> performing.start(step, progress.attempt(step), progress.key(run, step)));
        collect(steps.size());
        progress.hasBegun();
    }

    private void begin(PlannedStep step) {
        var begun = progress.begin(step.number());
        journal.begins(step, begun.attempt(), begun.key());
    }

    /// Steps that end by time, by a person's decision or with another run: takes what has ended, or waits for the rest.
    private boolean await(List<PlannedStep> steps) {
        var called = steps.stream()
                .filter(step ->
                        step.action() instanceof PlannedStep.Action.Call && progress.intent(step.number()) == null)
                .toList();
        called.forEach(this::begin);
        if (!called.isEmpty()) {
            journal.write();
        }
        var looked = awaiting.look(steps);
        if (waiting.takeEnds(looked)) {
            return false;
        }
        waiting.state(looked);
        waiting.rest(looked);
        return true;
    }

    private boolean settle(List<PlannedStep> doubtful) {
        var doubts = awaiting.doubt(doubtful);
        return switch (new SettleDoubts(progress, journal).settle(doubts)) {
            case GO_ON -> false;
            case WAIT -> {
                waiting.rest(doubts);
                yield true;
            }
            case STOP -> {
                end(RunState.CANCELLED, "{}");
                yield true;
            }
        };
    }

    /// Waits for the ends of steps. All but the last are written at once; the last goes with what the program says
    /// next.
    private void collect(int count) throws InterruptedException {
        for (int left = count; left > 0; ) {
            var ends = performing.await();
            ownership.check();
            if (ownership.isCancelled()) {
                return;
            }
            for (var end : ends) {
                if (end.outcome() != null) {
                    journal.ends(end.work(), end.attempt(), end.took(), end.outcome());
                }
            }
            left -= ends.size();
            if (left > 0) {
                journal.write();
            }
        }
    }

    private void fail(Failure failure) {
        end(RunState.FAILED, "{\"error\":" + EventData.failure(failure) + "}");
    }

    private void end(RunState state, String data) {
        journal.ends(state, data, age());
    }

    /// The lease was renewed by a statement that was sent at this nanoTime.
    void trust(long sentAt) {
        ownership.trust(sentAt);
    }

    void cancel() {
        ownership.cancel();
        performing.interrupt();
    }

    /// It is handed back at the end of the steps under way.
    void pause() {
        paused = true;
    }

    /// A renewal did not find the run as ours. If it has not just ended here, it is another's.
    void suspect() {
        if (ownership.isUncertain()) {
            lose();
        }
    }

    /// The run is another's; whatever is under way here stops.
    void lose() {
        ownership.lose();
        performing.interrupt();
    }

    /// Stops steps that may be done again elsewhere, so that a stopping replica can hand the run over.
    void hurry() {
        performing.interruptRepeatable();
    }

    void stopIfOverdue() {
        if (ownership.isOverdue()) {
            performing.interrupt();
        }
    }

    private Duration age() {
        return Duration.ofNanos(parts.clock().nanoTime() - createdNanos).minus(progress.idle());
    }
}
