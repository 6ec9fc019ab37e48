package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One execution of an agent's revision, as its row has it. `input` is JSON text (a list of messages) and, like
/// `output` (plain text) and `caps`, read only where one run is asked for, null in lists. `metadata` is JSON text.
/// `steps` counts committed steps, `lastSeq` is the sequence number of the newest event.
///
/// @param caps JSON text: what a parent left this run of its own limits, or null
/// @param paused no replica takes it before it is resumed
/// @param behind waits for its thread to be free
public record Run(
        RunId id,
        TenantId tenant,
        String agent,
        int revision,
        UUID thread,
        RunState state,
        @Nullable String input,
        @Nullable String output,
        @Nullable String caps,
        @Nullable Failure failure,
        @Nullable Waiting waiting,
        Usage usage,
        int steps,
        String metadata,
        Asker asker,
        @Nullable Origin origin,
        @Nullable Parent parent,
        boolean paused,
        boolean behind,
        @Nullable String replica,
        int epoch,
        int lastSeq,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /// What a waiting run waits for: `timer`, `approval`, `outcome_unknown`, `run` (one that it called) or `paused`;
    /// until when, if a time ends it; and the first step that waits, 0 where none does.
    public record Waiting(String reason, @Nullable Instant until, int step) {}

    /// Who asked for the run: the key's name and id (null where everybody may ask), and for whom the client says it
    /// asks.
    public record Asker(
            @Nullable String requester,
            @Nullable UUID key,
            @Nullable String user) {
        public static final Asker NOBODY = new Asker(null, null, null);
    }

    /// The run and step that this run was made from.
    ///
    /// @param how `retry`, `fork` or `replay`
    public record Origin(RunId run, int step, String how) {

        public static final String RETRY = "retry";
        public static final String FORK = "fork";
        public static final String REPLAY = "replay";

        /// Reads what the run's row says.
        public static @Nullable Origin read(@Nullable String json) {
            if (json == null) {
                return null;
            }
            var node = Json.read(json);
            return new Origin(
                    new RunId(UUID.fromString(node.path("run").asText())),
                    node.path("step").asInt(),
                    node.path("how").asText());
        }

        public boolean is(String word) {
            return how.equals(word);
        }
    }

    /// The run that called this one, by which of its steps, and how many runs stand above this one.
    public record Parent(RunId run, int step, int depth) {}

    public int depth() {
        return parent == null ? 0 : parent.depth();
    }
}
