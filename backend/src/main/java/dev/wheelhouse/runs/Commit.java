package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
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

    int seqAfter() {
        return seqBefore + entries.size();
    }
}
