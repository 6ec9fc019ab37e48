package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Begins steps that a program has just asked for, beside whatever is under way. What has an effect is on record before
/// it is performed, and so is everything ahead of it.
final class BeginSteps {

    private final Run run;
    private final Progress progress;
    private final RunJournal journal;
    private final OpenSteps open;
    private final PerformSteps performing;
    private final AwaitSteps awaiting;
    private final DatabaseTime time;

    BeginSteps(
            Run run,
            Progress progress,
            RunJournal journal,
            OpenSteps open,
            PerformSteps performing,
            AwaitSteps awaiting,
            DatabaseTime time) {
        this.run = run;
        this.progress = progress;
        this.journal = journal;
        this.open = open;
        this.performing = performing;
        this.awaiting = awaiting;
        this.time = time;
    }

    /// Says whether one of them has its end already, or a person wants the run to be stopped.
    SettleDoubts.Verdict begin(List<PlannedStep> fresh) {
        var executed = new ArrayList<PlannedStep>();
        var doubtful = new ArrayList<PlannedStep>();
        var called = new ArrayList<PlannedStep>();
        var waiting = new ArrayList<PlannedStep>();
        boolean any = false;
        for (var step : fresh) {
            switch (step.action()) {
                case PlannedStep.Action.Done done -> {
                    journal.ends(step, 1, Duration.ZERO, done.outcome());
                    any = true;
                }
                case PlannedStep.Action.Execute body -> (progress.isDoubtful(step) ? doubtful : executed).add(step);
                case PlannedStep.Action.Call call -> {
                    boolean isNew = progress.intent(step.number()) == null;
                    if (isNew && isRefused(step, call)) {
                        any = true;
                    } else {
                        (isNew ? called : waiting).add(step);
                    }
                }
                case PlannedStep.Action.Sleep sleep -> waiting.add(step);
                case PlannedStep.Action.Ask ask -> waiting.add(step);
            }
        }
        var verdict =
                waiting.isEmpty() && doubtful.isEmpty() ? SettleDoubts.Verdict.WAIT : open.open(waiting, doubtful);
        if (verdict != SettleDoubts.Verdict.STOP && !(executed.isEmpty() && called.isEmpty())) {
            begin(executed, called);
        }
        return any && verdict == SettleDoubts.Verdict.WAIT ? SettleDoubts.Verdict.GO_ON : verdict;
    }

    /// A run that may not be started is not called: the step ends with the reason.
    private boolean isRefused(PlannedStep step, PlannedStep.Action.Call call) {
        var refused = awaiting.refused(call);
        if (refused != null) {
            journal.ends(step, 1, Duration.ZERO, refused);
        }
        return refused != null;
    }

    private void begin(List<PlannedStep> executed, List<PlannedStep> called) {
        for (var step : executed) {
            if (step.effect() != Effect.READ) {
                begin(step);
            }
        }
        called.forEach(this::begin);
        open.call(called);
        open.write();
        executed.forEach(step -> performing.start(step, progress.attempt(step), progress.key(run, step)));
        if (!executed.isEmpty()) {
            progress.hasBegun();
        }
        awaiting.start(called);
    }

    private void begin(PlannedStep step) {
        var begun = progress.begin(step, time.now());
        journal.begins(step, begun.attempt(), begun.key());
    }
}
