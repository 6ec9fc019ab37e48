package dev.wheelhouse.runs;

import dev.wheelhouse.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes one run, on a virtual thread of its own, for as long as this replica owns it.
///
/// A turn is: ask the program, write down in one commit what has come to its end and what is about to begin, begin it,
/// and wait until something ends; then the program is asked again, whatever else is still under way. Nothing is
/// performed before everything ahead of it is committed. The run waits, holding nothing, once nothing is under way.
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
    private final OpenSteps open;
    private final BeginSteps beginning;
    private volatile boolean paused;
    private volatile boolean nudged;

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
        var awaiting = new AwaitSteps(parts, run, progress, time);
        this.open = new OpenSteps(awaiting, progress, journal, time);
        this.beginning = new BeginSteps(run, progress, journal, open, performing, awaiting, time);
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
                if (hasStopped(next(program))) {
                    return;
                }
            }
            end(RunState.CANCELLED, "{}");
        } catch (LostRunException e) {
            LOG.info("Run {} is no longer executed here: {}. Its owner continues it.", run.id(), e.getMessage());
        } catch (InterruptedException e) {
            LOG.info("Run {} was interrupted. Another replica takes it when its lease is over.", run.id());
        } catch (RuntimeException | StackOverflowError e) {
            fail(e);
        } finally {
            performing.interrupt();
        }
    }

    /// A program that throws would throw on every replica, so the run ends.
    private Next next(Program program) {
        try {
            return program.next(progress.history(run, age(), performing.underWay()));
        } catch (RuntimeException | StackOverflowError e) {
            if (DatabaseException.isAway(e)) {
                throw e;
            }
            LOG.error("The program of run {} broke. The run ends as failed.", run.id(), e);
            return new Next.Fail(broken(e));
        }
    }

    private static Failure broken(Throwable e) {
        return new Failure("program_broke", "The program broke: " + e, "Tell your operator the run's id");
    }

    private void fail(Throwable e) {
        if (DatabaseException.isAway(e)) {
            LOG.warn(
                    "Run {} cannot continue now: {}. It is claimed again once its lease expires.",
                    run.id(),
                    e.getMessage());
            return;
        }
        LOG.error("Run {} failed unexpectedly. It ends as failed.", run.id(), e);
        try {
            end(RunState.FAILED, error(broken(e)));
        } catch (RuntimeException again) {
            LOG.warn("The end of run {} could not be written: {}.", run.id(), again.getMessage());
        }
    }

    private boolean hasStopped(Next next) throws InterruptedException {
        return switch (next) {
            case Next.Succeed done -> hasEnded(RunState.SUCCEEDED, EventData.answer(done));
            case Next.Fail failed -> hasEnded(RunState.FAILED, error(failed.failure()));
            case Next.Steps planned -> hasStopped(planned.steps());
        };
    }

    /// What is under way comes to its end first: it may have an effect.
    private boolean hasEnded(RunState state, String data) throws InterruptedException {
        if (performing.isBusy()) {
            collect();
            return false;
        }
        end(state, data);
        return true;
    }

    private boolean hasStopped(List<PlannedStep> planned) throws InterruptedException {
        var fresh = fresh(planned);
        if (fresh.isEmpty() && open.isEmpty() && !performing.isBusy()) {
            throw new IllegalStateException("The program asked for no step that is not done already");
        }
        if (!mayBegin()) {
            return hasLeft();
        }
        boolean news = !fresh.isEmpty() && begin(fresh);
        if (news || ownership.isCancelled()) {
            return false;
        }
        if (performing.isBusy()) {
            collect();
            return false;
        }
        if (mayHaveNews() && hasNews()) {
            return false;
        }
        open.rest();
        return true;
    }

    private List<PlannedStep> fresh(List<PlannedStep> planned) {
        var fresh = new ArrayList<PlannedStep>(planned.size());
        for (var step : planned) {
            if (isFresh(step)) {
                fresh.add(step);
            }
        }
        return fresh;
    }

    private boolean isFresh(PlannedStep step) {
        int number = step.number();
        return !progress.has(number) && !performing.has(number) && !open.has(number);
    }

    private boolean mayBegin() {
        return !paused && !parts.isStopping();
    }

    /// Nothing more begins here; what is under way comes to its end.
    private boolean hasLeft() throws InterruptedException {
        if (performing.isBusy()) {
            collect();
            return false;
        }
        if (parts.isStopping()) {
            journal.releases();
        } else {
            journal.pauses();
        }
        return true;
    }

    /// Begins these steps beside those that are under way. True: one of them has its end already.
    private boolean begin(List<PlannedStep> fresh) {
        if (open.isEmpty()) {
            nudged = false;
        }
        return goesOn(beginning.begin(fresh));
    }

    private boolean goesOn(SettleDoubts.Verdict verdict) {
        if (verdict == SettleDoubts.Verdict.STOP) {
            cancel();
        }
        return verdict != SettleDoubts.Verdict.WAIT;
    }

    /// Waits until something that is under way has ended, or something that is open. An end goes with what the program
    /// says next, if it says anything; else it is written before there is another.
    private void collect() throws InterruptedException {
        open.write();
        boolean any = false;
        while (!any && !ownership.isCancelled()) {
            boolean looks = mayBegin() && !open.isEmpty();
            var left = looks ? open.left() : null;
            var ends = performing.await(left);
            ownership.check();
            for (var end : ends) {
                any = true;
                if (end.outcome() == null) {
                    progress.isInterrupted(end.work());
                } else if (!ownership.isCancelled()) {
                    journal.ends(end.work(), end.attempt(), end.took(), end.outcome());
                }
            }
            if (looks && mayHaveNews() && !ownership.isCancelled()) {
                any |= hasNews();
            }
        }
    }

    private boolean mayHaveNews() {
        var left = open.left();
        return nudged || left != null && !left.isPositive();
    }

    /// Looks at what is open.
    private boolean hasNews() {
        nudged = false;
        return goesOn(open.look());
    }

    private static String error(Failure failure) {
        return "{\"error\":" + EventData.failure(failure) + "}";
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

    /// Something may have come for a step that is open: a decision, the end of a run that it called.
    void nudge() {
        nudged = true;
        performing.wakeUp();
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

    /// What is interrupted must not begin again here when a renewal comes through after all.
    void stopIfOverdue() {
        if (ownership.isOverdue()) {
            lose();
        }
    }

    private Duration age() {
        return Duration.ofNanos(parts.clock().nanoTime() - createdNanos).minus(progress.idle());
    }
}
