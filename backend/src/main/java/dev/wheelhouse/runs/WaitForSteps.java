package dev.wheelhouse.runs;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Puts a run to rest whose steps end by time, by a person's decision or with another run: what it waits for is on
/// record before it waits, and it holds nothing while it does.
final class WaitForSteps {

    private final Progress progress;
    private final RunJournal journal;

    WaitForSteps(Progress progress, RunJournal journal) {
        this.progress = progress;
        this.journal = journal;
    }

    /// Takes the ends of those that have ended; says whether there were any.
    boolean takeEnds(List<AwaitSteps.WaitingStep> waiting) {
        boolean any = false;
        for (var one : waiting) {
            if (one.outcome() != null) {
                var took = progress.begunFor(one.work().number());
                journal.ends(one.work(), progress.attempt(one.work()), took, one.outcome());
                any = true;
            }
        }
        return any;
    }

    /// Steps that wait are on record before the run waits; one whose question was edited is put on record again.
    void state(List<AwaitSteps.WaitingStep> waiting) {
        for (var one : waiting) {
            var step = one.work();
            var intent = progress.intent(step.number());
            if (intent == null || isEdited(step, intent)) {
                if (step.action() instanceof PlannedStep.Action.Ask) {
                    progress.asked();
                }
                journal.begins(step, 1, null);
            }
        }
    }

    private static boolean isEdited(PlannedStep step, Intent intent) {
        return intent.approval() != null && !String.valueOf(step.input()).contains(intent.approval());
    }

    void rest(List<AwaitSteps.WaitingStep> waiting) {
        var first = waiting.stream()
                .min(Comparator.comparing(AwaitSteps.WaitingStep::reason))
                .orElseThrow();
        var left = waiting.stream()
                .map(AwaitSteps.WaitingStep::left)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var numbers = waiting.stream().map(one -> one.work().number()).sorted().toList();
        int step = first.work().number();
        var data = new StringBuilder(
                "{\"reason\":\"%s\",\"step\":%d".formatted(first.reason().word(), step));
        data.append(numbers.size() > 1 ? ",\"steps\":" + numbers : "");
        data.append(left == null ? "}" : ",\"forMs\":" + left.toMillis() + "}");
        journal.waits(left, new Run.Waiting(first.reason(), null, step), data.toString());
    }

    /// A run that somebody paused is due when they resume it.
    void pause() {
        journal.waits(null, new Run.Waiting(WaitingReason.PAUSED, null, 0), "{\"reason\":\"paused\"}");
    }
}
