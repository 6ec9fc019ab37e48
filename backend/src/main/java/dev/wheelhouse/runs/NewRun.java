package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run to be started. Without `thread` it opens one. `input` is a JSON list of messages,
/// `metadata` a JSON object. `idempotencyKey` (1 to 200 characters) makes a repeated start answer with the first run.
public record NewRun(
        TenantId tenant,
        String agent,
        int revision,
        @Nullable UUID thread,
        String input,
        String metadata,
        @Nullable String idempotencyKey) {}
