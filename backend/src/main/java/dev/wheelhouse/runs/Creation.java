package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run about to be written. `opens` says that it makes its thread; `epoch` is 1 where this replica begins it at
/// once and 0 where it waits for a place; `data` is that of its first event.
record Creation(
        TenantId tenant,
        RunId run,
        UUID thread,
        boolean opens,
        String agent,
        int revision,
        String title,
        @Nullable String idempotencyKey,
        @Nullable String requestHash,
        String metadata,
        int epoch,
        long dueMillis,
        String data) {}
