package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One execution of an agent's revision, as its row has it. `input` is JSON text (a list of messages) and, like
/// `output` (plain text), read only where one run is asked for, null in lists. `metadata` is JSON text.
/// `steps` counts committed steps, `lastSeq` is the sequence number of the newest event.
public record Run(
        RunId id,
        TenantId tenant,
        String agent,
        int revision,
        UUID thread,
        RunState state,
        @Nullable String input,
        @Nullable String output,
        @Nullable Failure failure,
        @Nullable Waiting waiting,
        Usage usage,
        int steps,
        String metadata,
        @Nullable String replica,
        int epoch,
        int lastSeq,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /// What a waiting run waits for: `timer` (until is set) or `outcome_unknown`, and the step that waits.
    public record Waiting(String reason, @Nullable Instant until, int step) {}
}
