package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import java.time.Duration;
import java.util.List;

/// Settles effects that must not be repeated unasked and that an owner of the past had begun: a person says what became
/// of them.
final class SettleDoubts {

    /// What the run does next.
    enum Verdict {
        /// Nobody has answered yet.
        WAIT,
        /// An answer was followed.
        GO_ON,
        /// A person wants the run to be stopped.
        STOP
    }

    private final Progress progress;
    private final RunJournal journal;

    SettleDoubts(Progress progress, RunJournal journal) {
        this.progress = progress;
        this.journal = journal;
    }

    /// Follows the answers; what nobody has answered yet is put on record as unknown.
    Verdict settle(List<AwaitSteps.WaitingStep> doubts) {
        progress.asked();
        boolean any = false;
        for (var doubt : doubts) {
            if (doubt.outcome() == null) {
                putOnRecord(doubt.work());
            } else if (follow(doubt.work(), doubt.outcome())) {
                any = true;
            } else {
                return Verdict.STOP;
            }
        }
        return any ? Verdict.GO_ON : Verdict.WAIT;
    }

    private void putOnRecord(PlannedStep step) {
        var intent = progress.intent(step.number());
        if (intent != null && intent.doubt() == Intent.Doubt.BEGUN) {
            progress.isUnknown(step.number());
            journal.add(EventType.STEP_UNKNOWN, step.number(), EventData.step(step, intent.attempt(), 0, null));
        }
    }

    /// Does what a person decided about an effect in doubt; false where they want the run to be stopped.
    private boolean follow(PlannedStep step, Outcome decided) {
        var answer = Json.read(String.valueOf(decided.output()));
        switch (answer.path("decision").asText()) {
            case "again" -> {
                progress.clear(step.number());
                return true;
            }
            case "happened" -> {
                String happened = answer.has("answer") ? answer.get("answer").toString() : "{\"happened\":true}";
                journal.ends(step, progress.attempt(step), Duration.ZERO, Outcome.of(happened));
                return true;
            }
            default -> {
                return false;
            }
        }
    }
}
