package dev.wheelhouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The steps of a run that have begun and end without being performed here: by time, by a person's decision, with
/// another run; and the effects in doubt. Knows them as this owner saw them last, looks again when there may be news,
/// and puts the run to rest when nothing else is left to do.
final class OpenSteps {

    /// @param until when it ends or has to be looked at again, by the database's clock; null where nobody knows, or
    /// where that counts from a commit that is still to come
    private record Open(
            AwaitSteps.WaitingStep seen, @Nullable Instant until) {
        PlannedStep step() {
            return seen.work();
        }

        boolean isDoubt() {
            return seen.reason() == WaitingReason.OUTCOME_UNKNOWN;
        }
    }

    private final AwaitSteps awaiting;
    private final SettleDoubts doubts;
    private final Progress progress;
    private final RunJournal journal;
    private final DatabaseTime time;
    private final TreeMap<Integer, Open> open = new TreeMap<>();

    OpenSteps(AwaitSteps awaiting, Progress progress, RunJournal journal, DatabaseTime time) {
        this.awaiting = awaiting;
        this.doubts = new SettleDoubts(progress, journal);
        this.progress = progress;
        this.journal = journal;
        this.time = time;
    }

    boolean has(int step) {
        return open.containsKey(step);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /// Opens these steps, or finds them as an owner before has left them: asks what is to be asked, takes the ends of
    /// those that have ended, and has the journal say of the others that they have begun.
    ///
    /// @param doubtful effects of which nobody knows whether they have happened
    SettleDoubts.Verdict open(List<PlannedStep> waiting, List<PlannedStep> doubtful) {
        var inDoubt = awaiting.doubt(doubtful);
        var verdict = inDoubt.isEmpty() ? SettleDoubts.Verdict.WAIT : doubts.settle(inDoubt);
        if (verdict == SettleDoubts.Verdict.STOP) {
            return verdict;
        }
        var seen = new ArrayList<>(awaiting.look(waiting));
        boolean any = takeEnds(seen);
        seen.forEach(this::state);
        seen.addAll(inDoubt);
        seen.forEach(this::keep);
        return any ? SettleDoubts.Verdict.GO_ON : verdict;
    }

    /// Looks at all of them again.
    SettleDoubts.Verdict look() {
        return open(stepsThat(one -> !one.isDoubt()), stepsThat(Open::isDoubt));
    }

    private List<PlannedStep> stepsThat(java.util.function.Predicate<Open> wanted) {
        return open.values().stream().filter(wanted).map(Open::step).toList();
    }

    private boolean takeEnds(List<AwaitSteps.WaitingStep> seen) {
        boolean any = false;
        for (var one : seen) {
            if (one.outcome() != null) {
                var intent = progress.intent(one.work().number());
                var took = intent == null ? Duration.ZERO : Duration.between(intent.since(), time.now());
                journal.ends(one.work(), progress.attempt(one.work()), took, one.outcome());
                any = true;
            }
        }
        return any;
    }

    /// It is on record before the run waits for it; one whose question was edited is put on record again.
    private void state(AwaitSteps.WaitingStep seen) {
        var step = seen.work();
        var intent = progress.intent(step.number());
        if (seen.outcome() == null && (intent == null || isEdited(step, intent))) {
            progress.state(step, time.now());
            journal.begins(step, 1, null);
        }
    }

    private static boolean isEdited(PlannedStep step, Intent intent) {
        return intent.approval() != null && !String.valueOf(step.input()).contains(intent.approval());
    }

    private void keep(AwaitSteps.WaitingStep seen) {
        int number = seen.work().number();
        if (seen.outcome() != null) {
            open.remove(number);
            return;
        }
        boolean countsFromCommit = seen.reason() == WaitingReason.TIMER && !progress.sleeps(number);
        open.put(
                number,
                new Open(
                        seen,
                        countsFromCommit || seen.left() == null
                                ? null
                                : time.now().plus(seen.left())));
    }

    /// Runs that are to be called: once they are on record, [#start].
    void call(Collection<PlannedStep> calls) {
        calls.forEach(step -> keep(new AwaitSteps.WaitingStep(step, null, null, WaitingReason.RUN)));
    }

    /// Has the journal write what is unwritten, if anything is; the timers that it begins run from then on.
    void write() {
        journal.write();
        if (!open.isEmpty()) {
            runTimersFrom(time.heard());
        }
    }

    private void runTimersFrom(Instant at) {
        open.replaceAll((number, one) -> {
            if (one.seen().reason() != WaitingReason.TIMER
                    || one.until() != null
                    || one.seen().left() == null) {
                return one;
            }
            var until = at.plus(one.seen().left());
            progress.sleepsUntil(number, until);
            return new Open(one.seen(), until);
        });
    }

    /// How long nobody has to look at them; null where only somebody's nudge brings news.
    @Nullable
    Duration left() {
        return open.values().stream()
                .map(Open::until)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(until -> Duration.between(time.now(), until))
                .orElse(null);
    }

    private @Nullable Duration left(Open one) {
        if (one.until() == null) {
            return one.seen().left();
        }
        // A moment too early would be a claim for nothing.
        var left = Duration.between(time.now(), one.until()).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    /// The run holds nothing until one of them may have ended.
    void rest() {
        var first = open.values().stream()
                .min(Comparator.comparing(one -> one.seen().reason()))
                .orElseThrow();
        var left = open.values().stream()
                .map(this::left)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var reason = first.seen().reason();
        int step = first.step().number();
        var data = new StringBuilder("{\"reason\":\"%s\",\"step\":%d".formatted(reason.word(), step));
        data.append(open.size() > 1 ? ",\"steps\":" + List.copyOf(open.keySet()) : "");
        data.append(left == null ? "}" : ",\"forMs\":" + left.toMillis() + "}");
        journal.waits(left, new Run.Waiting(reason, null, step), data.toString());
    }
}
