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
        int epoch,
        int seqBefore,
        List<Entry> entries,
        RunState state,
        @Nullable Duration due,
        Run.@Nullable Waiting waiting,
        int steps,
        Usage usage,
        @Nullable String failure) {

    /// What the row says of usage: nothing while the run goes on, the sum when it stops here.
    @Nullable
    Long sum(Function<Usage, @Nullable Long> of) {
        return state == RunState.RUNNING ? null : of.apply(usage);
    }

    boolean hasUnknownCost() {
        return state != RunState.RUNNING && usage.costMicroUnits() == null;
    }

    int seqAfter() {
        return seqBefore + entries.size();
    }
}
