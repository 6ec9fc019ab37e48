package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run to be started. Without `thread` it opens one. `input` is a JSON list of messages,
/// `metadata` a JSON object. `idempotencyKey` (1 to 200 characters) makes a repeated start answer with the first run.
///
/// @param caps JSON text: what the parent leaves it of its own limits, or null
/// @param keep which steps of its origin it begins with, or null for none
public record NewRun(
        TenantId tenant,
        String agent,
        int revision,
        @Nullable UUID thread,
        String input,
        String metadata,
        @Nullable String idempotencyKey,
        Run.Asker asker,
        Run.@Nullable Origin origin,
        Run.@Nullable Parent parent,
        @Nullable String caps,
        WhenBusy whenBusy,
        @Nullable Keep keep) {

    /// What becomes of a run whose thread has an open one: it is refused, it waits its turn, or it ends the other.
    public enum WhenBusy {
        REJECT,
        QUEUE,
        INTERRUPT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a run takes over from the log of its origin: it counts as done and is not paid again.
    ///
    /// @param steps the numbers of ended steps
    /// @param outputs JSON texts that take the place of what these steps have put out
    /// @param sameEffects what the origin may have done already keeps its idempotency key, so that it acts once
    public record Keep(Set<Integer> steps, Map<Integer, String> outputs, boolean sameEffects) {}

    /// A run made from nothing that is refused where its thread is busy.
    public NewRun(
            TenantId tenant,
            String agent,
            int revision,
            @Nullable UUID thread,
            String input,
            String metadata,
            @Nullable String idempotencyKey,
            Run.Asker asker,
            Run.@Nullable Origin origin,
            Run.@Nullable Parent parent,
            @Nullable String caps) {
        this(
                tenant,
                agent,
                revision,
                thread,
                input,
                metadata,
                idempotencyKey,
                asker,
                origin,
                parent,
                caps,
                WhenBusy.REJECT,
                null);
    }

    /// A run that nobody in particular asked for, made from nothing.
    public NewRun(
            TenantId tenant,
            String agent,
            int revision,
            @Nullable UUID thread,
            String input,
            String metadata,
            @Nullable String idempotencyKey) {
        this(tenant, agent, revision, thread, input, metadata, idempotencyKey, Run.Asker.NOBODY, null, null, null);
    }

    public NewRun with(Keep other) {
        return new NewRun(
                tenant,
                agent,
                revision,
                thread,
                input,
                metadata,
                idempotencyKey,
                asker,
                origin,
                parent,
                caps,
                whenBusy,
                other);
    }

    /// Whether it may be begun by the replica that writes it down: one that may have to wait, or that begins with steps
    /// of another run, is taken like any other that is due.
    boolean isPlain() {
        return keep == null && (whenBusy == WhenBusy.REJECT || thread == null);
    }
}
