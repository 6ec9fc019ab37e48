package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one run has to say in one transaction: new events and how its row stands after them. It takes effect only
/// if the row still has `epoch` and `seqBefore`.
///
/// @param due when a replica may take the run: after this time, or null for not before a person's word
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
        Usage usage) {

    /// An event before it is written: it gets its `seq` and time when it is. `data` is in the stored form of
    /// [EventData].
    record Entry(String type, int step, String data) {}

    /// What the row says of usage: nothing while the run goes on, the sum when it stops here.
    @Nullable
    Long sum(Function<Usage, @Nullable Long> of) {
        return state == RunState.RUNNING ? null : of.apply(usage);
    }

    /// The data of the event that ends the run here, if it does; it is the last entry and becomes part of the run's
    /// row.
    @Nullable
    String ended() {
        return state.isEnded() ? entries.getLast().data() : null;
    }

    /// The entries that become rows of events.
    List<Entry> rows() {
        return state.isEnded() ? entries.subList(0, entries.size() - 1) : entries;
    }

    boolean endsChild() {
        return parent != null && state.isEnded();
    }

    boolean hasUnknownCost() {
        return state != RunState.RUNNING && usage.costMicroUnits() == null;
    }

    int seqAfter() {
        return seqBefore + entries.size();
    }
}
