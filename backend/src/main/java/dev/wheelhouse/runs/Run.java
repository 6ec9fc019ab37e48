package dev.wheelhouse.runs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.LogContext;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Trace;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One execution of a program, as its row has it.
///
/// @param program what is carried out
/// @param thread the conversation whose turn it is; its own id where it opened one
public record Run(
        RunId id,
        TenantId tenant,
        Program.Pin program,
        UUID thread,
        Request request,
        Lineage lineage,
        Status status,
        Place place,
        Totals totals,
        Times times) {

    /// What was asked for, and by whom.
    ///
    /// @param input JSON text (a list of messages), null in lists of runs
    /// @param caps JSON text: what a parent left this run of its own limits, or null; null in lists of runs
    /// @param options JSON text of an object: how this one run is to be carried out, for its program to read;
    ///     null for
    ///     nothing in particular, and in lists of runs
    /// @param metadata JSON text of an object
    public record Request(
            @Nullable String input,
            @Nullable String caps,
            @Nullable String options,
            String metadata,
            Asker asker) {}

    /// Who asked for the run: the key's name and id (null where everybody may ask), for whom the client says it
    /// asks, and the `traceparent` that came with the request.
    public record Asker(
            @Nullable String requester,
            @Nullable UUID key,
            @Nullable String user,
            @Nullable String trace) {
        public static final Asker NOBODY = new Asker(null, null, null);

        public Asker(@Nullable String requester, @Nullable UUID key, @Nullable String user) {
            this(requester, key, user, null);
        }
    }

    /// Where the run, or one of its steps, is in a trace: that of whoever asked for it, else one of its own, which has
    /// the run's id. The ids are the same each time.
    ///
    /// @param step 0 for the run itself
    public Trace trace(int step) {
        var asked = Trace.read(asker().trace());
        var id = id().value();
        String span = Trace.hex(id.getLeastSignificantBits() + step);
        return asked == null
                ? new Trace(
                        Trace.hex(id.getMostSignificantBits()) + Trace.hex(id.getLeastSignificantBits()), span, true)
                : new Trace(asked.trace(), span, asked.sampled());
    }

    /// The runs that this one comes from: what it was made from, and what called it.
    public record Lineage(@Nullable Origin origin, @Nullable Parent parent) {
        public static final Lineage NONE = new Lineage(null, null);
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

        String json() {
            return "{\"run\":\"%s\",\"step\":%d,\"how\":\"%s\"}".formatted(run, step, how);
        }

        public boolean is(String word) {
            return how.equals(word);
        }
    }

    /// The run that called this one, by which of its steps, and how many runs stand above this one.
    public record Parent(RunId run, int step, int depth) {}

    /// How far the run is, and what came of it.
    ///
    /// @param output plain text, for one that has succeeded
    /// @param structured the same as a JSON value, JSON text, for one whose output has a form
    /// @param truncated the output broke off before it was done
    /// @param paused no replica takes it before it is resumed
    /// @param behind waits for its thread to be free
    public record Status(
            RunState state,
            @Nullable Waiting waiting,
            @Nullable String output,
            @Nullable String structured,
            @Nullable Failure failure,
            boolean truncated,
            boolean paused,
            boolean behind) {
        static final Status QUEUED = new Status(RunState.QUEUED, null, null, null, null, false, false, false);
        static final Status RUNNING = new Status(RunState.RUNNING, null, null, null, null, false, false, false);
    }

    /// What a waiting run waits for; until when, if a time ends it; and the first step that waits, 0 where none does.
    public record Waiting(WaitingReason reason, @Nullable Instant until, int step) {}

    /// The replica that has it or had it last, and how often it changed owners.
    public record Place(@Nullable String replica, int epoch) {
        static final Place NOWHERE = new Place(null, 0);
    }

    /// How many steps are committed, the sequence number of the newest event, and what was used.
    public record Totals(int steps, int lastSeq, Usage usage) {
        static final Totals CREATED = new Totals(0, 1, Usage.NONE);
    }

    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    /// Does work of this run, so that the log knows whose it is.
    void logged(Runnable work) {
        LogContext.duringRun(tenant, id.toString(), trace(0).trace(), work);
    }

    public @Nullable String input() {
        return request.input;
    }

    public @Nullable String caps() {
        return request.caps;
    }

    public @Nullable String options() {
        return request.options;
    }

    public String metadata() {
        return request.metadata;
    }

    public Asker asker() {
        return request.asker;
    }

    public @Nullable Origin origin() {
        return lineage.origin;
    }

    public @Nullable Parent parent() {
        return lineage.parent;
    }

    public int depth() {
        return lineage.parent == null ? 0 : lineage.parent.depth();
    }

    public RunState state() {
        return status.state;
    }

    public @Nullable Waiting waiting() {
        return status.waiting;
    }

    public @Nullable String output() {
        return status.output;
    }

    /// The output as a JSON value, JSON text; null where it is text and no more.
    public @Nullable String structuredOutput() {
        return status.structured;
    }

    /// Whether the output broke off before it was done.
    public boolean truncated() {
        return status.truncated;
    }

    public @Nullable Failure failure() {
        return status.failure;
    }

    public boolean paused() {
        return status.paused;
    }

    public int epoch() {
        return place.epoch;
    }

    public int lastSeq() {
        return totals.lastSeq;
    }

    public Usage usage() {
        return totals.usage;
    }

    public Instant createdAt() {
        return times.createdAt;
    }

    /// The run with what its first event says.
    Run withCreated(String created) {
        JsonNode node = Json.read(created);
        String caps = node.has("caps") ? Json.write(node.path("caps")) : null;
        String options = node.has("options") ? Json.write(node.path("options")) : null;
        var whole = new Request(Json.write(node.path("input")), caps, options, request.metadata, request.asker);
        return new Run(id, tenant, program, thread, whole, lineage, status, place, totals, times);
    }
}
