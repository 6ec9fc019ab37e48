package dev.wheelhouse.threads;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A thread as its row has it: a conversation whose turns are runs. (The name keeps it apart from
/// Java's threads; everywhere else it is a `thread`.)
///
/// @param lastRun the newest turn, which may be blocked by others
/// @param openRun the turn that may go on now
public record Conversation(
        UUID id,
        TenantId tenant,
        String title,
        @Nullable String agent,
        Instant createdAt,
        Instant updatedAt,
        @Nullable RunId lastRun,
        @Nullable RunState lastState,
        @Nullable RunId openRun) {

    /// One turn: the run's input (JSON list of messages) and its answer, null while there is none.
    ///
    /// @param origin what the run was made from, if anything: a retry takes the place of the run that it repeats
    /// @param interrupted the next turn ended this one, which is still part of what was said
    public record Turn(
            RunId run,
            String input,
            @Nullable String output,
            Instant at,
            @Nullable Instant endedAt,
            Run.@Nullable Origin origin,
            boolean interrupted) {}
}
