package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one run has to say in one transaction: new events and how its row stands after them. It takes effect only
/// if the row still has `epoch` and `seqBefore`.
///
/// @param due when a replica may take the run: after this time, or null for not before a person's word
/// @param hasAsked the run has asked people, so that its end may leave questions open
record Commit(
        TenantId tenant,
        RunId run,
        Run.@Nullable Parent parent,
        int epoch,
        int seqBefore,
        List<Entry> entries,
        RunState state,
        @Nullable Duration due,
        Run.@Nullable Waiting waiting,
        int steps,
        Usage usage,
        boolean hasAsked) {

    private static final String OUTPUT = "{\"output\":";

    // Letters that JSON never has as they are, each for a text: the output, which the run's end says as well, and what
    // nearly every last step says. The view `log` puts the texts back, the output as the last.
    private static final String SAME = "\u0001";
    private static final String ANSWERED = "\u0002";
    private static final String ANSWERED_IN_FULL = ",\"output\":{\"text\":" + SAME + "},\"model\":{\"provider\":\"";
    private static final String READ = "\u0003";
    private static final String READ_IN_FULL = ",\"input\":{\"messages\":";
    private static final String NAMED = "\u0004";
    private static final String NAMED_IN_FULL = "\"name\":\"";

    /// An event before it is written: it gets its `seq` and time when it is. `data` is in the stored form of
    /// [EventData].
    record Entry(EventType type, int step, String data) {}

    /// What the row says of usage: nothing while the run goes on, the sum when it stops here and there is any.
    @Nullable
    Long sum(Function<Usage, @Nullable Long> of) {
        Long sum = state == RunState.RUNNING ? null : of.apply(usage);
        return sum == null || sum == 0 ? null : sum;
    }

    /// The data of the event that ends the run here, if it does; it is the last entry and becomes part of the run's
    /// row.
    @Nullable
    String ended() {
        return state.isEnded() ? entries.getLast().data() : null;
    }

    /// The step that ends in the transaction that ends the run, if there is one: it becomes part of the run's row, too.
    @Nullable
    Entry last() {
        var before = state.isEnded() && entries.size() > 1 ? entries.get(entries.size() - 2) : null;
        boolean fits = before != null
                && before.type().isStepEnd()
                && Stream.of(SAME, ANSWERED, READ, NAMED).noneMatch(before.data()::contains);
        return fits ? before : null;
    }

    /// Null where there is none or it is as usual.
    @Nullable
    String lastType() {
        var last = last();
        return last == null || last.type() == EventType.STEP_SUCCEEDED
                ? null
                : last.type().word();
    }

    /// Null where there is none or the run has as many steps.
    @Nullable
    Integer lastStep() {
        var last = last();
        return last == null || last.step() == steps ? null : Integer.valueOf(last.step());
    }

    /// Its data, without the output of the run, which most last steps have as well, and with its phrases as letters.
    @Nullable
    String lastData() {
        var last = last();
        if (last == null) {
            return null;
        }
        String ended = entries.getLast().data();
        String data = ended.startsWith(OUTPUT)
                ? last.data().replace(ended.substring(OUTPUT.length(), ended.length() - 1), SAME)
                : last.data();
        return data.replace(ANSWERED_IN_FULL, ANSWERED)
                .replace(READ_IN_FULL, READ)
                .replace(NAMED_IN_FULL, NAMED);
    }

    /// The entries that become rows of events.
    List<Entry> rows() {
        int inRow = !state.isEnded() ? 0 : last() == null ? 1 : 2;
        return entries.subList(0, entries.size() - inRow);
    }

    boolean endsChild() {
        return parent != null && state.isEnded();
    }

    /// Nobody is asked any more by a run that has ended.
    boolean withdraws() {
        return hasAsked && state.isEnded();
    }

    boolean hasUnknownCost() {
        return state != RunState.RUNNING && usage.costMicroUnits() == null;
    }

    int seqAfter() {
        return seqBefore + entries.size();
    }
}
