package dev.wheelhouse.threads;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.WaitingReason;
import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A thread as its row has it: a conversation whose turns are runs. (The name keeps it apart from
/// Java's threads; everywhere else it is a `thread`.)
///
/// @param lastRun the newest turn, which may be blocked by others
/// @param openRun the turn that may go on now
/// @param waiting what the newest turn waits for, null where it does not
/// @param mark whether somebody keeps it at hand or has put it away
public record Conversation(
        UUID id,
        TenantId tenant,
        String title,
        @Nullable String agent,
        Instant createdAt,
        Instant updatedAt,
        @Nullable RunId lastRun,
        @Nullable RunState lastState,
        @Nullable RunId openRun,
        @Nullable WaitingReason waiting,
        Mark mark) {

    public record Mark(boolean isPinned, boolean isArchived) {}

    /// What is to be different; null leaves it as it is. An empty title goes back to what was said first.
    public record Change(
            @Nullable String title,
            @Nullable Boolean pinned,
            @Nullable Boolean archived) {}

    /// Which threads a list shows. Those that are pinned are among the usual ones as well.
    public enum Shown {
        USUAL,
        PINNED,
        ARCHIVED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What all runs of a thread have used, those that they called included.
    ///
    /// @param cost in micro-units, null where a price is unknown
    @Introspected
    public record Spent(long tokens, @Nullable Long cost) {}

    /// A run that begins where another began, with other words: a branch of the conversation in a thread of its own.
    public record Branch(RunId run, UUID thread, RunId origin, Instant at) {}

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
