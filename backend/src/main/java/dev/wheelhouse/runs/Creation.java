package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run about to be written. A run that opens its thread has the thread's id; `epoch` is 1 where this replica begins
// it at
/// once and 0 where it waits for a place; `data` is that of its first event.
record Creation(
        TenantId tenant,
        RunId run,
        UUID thread,
        String agent,
        int revision,
        @Nullable String idempotencyKey,
        @Nullable String requestHash,
        @Nullable String metadata,
        int epoch,
        long dueMillis,
        String data) {}
