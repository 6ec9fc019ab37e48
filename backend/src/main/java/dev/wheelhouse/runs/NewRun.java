package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run to be started. Without `thread` it opens one. `input` is a JSON list of messages,
/// `metadata` a JSON object. `idempotencyKey` (1 to 200 characters) makes a repeated start answer with the first run.
///
/// @param caps JSON text: what the parent leaves it of its own limits, or null
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
        @Nullable String caps) {

    /// What becomes of a run whose thread has an open one: it is refused, it waits its turn, or it ends the other.
    public enum WhenBusy {
        REJECT,
        QUEUE,
        INTERRUPT;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
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
}
