package dev.wheelhouse.runs;

import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run about to be written. A run that opens its thread has the thread's id; `epoch` is 1 where this replica begins
/// it at once and 0 where it waits for a place; `data` is that of its first event, behind which those in `kept`
/// follow.
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
        Run.Asker asker,
        Run.@Nullable Origin origin,
        Run.@Nullable Parent parent,
        String data,
        NewRun.WhenBusy whenBusy,
        List<Commit.Entry> kept) {

    /// `begun`: this replica carries it on at once.
    static Creation of(NewRun wanted, RunId id, UUID thread, boolean begun, Duration lease) {
        return of(wanted, id, thread, begun, lease, List.of());
    }

    static Creation of(NewRun wanted, RunId id, UUID thread, boolean begun, Duration lease, List<Commit.Entry> kept) {
        return new Creation(
                wanted.tenant(),
                id,
                thread,
                wanted.agent(),
                wanted.revision(),
                wanted.idempotencyKey(),
                requestHash(wanted),
                wanted.metadata().equals("{}") ? null : wanted.metadata(),
                begun ? 1 : 0,
                begun ? lease.toMillis() : 0,
                wanted.asker(),
                wanted.origin(),
                wanted.parent(),
                RunShapes.createdData(wanted),
                wanted.thread() == null ? NewRun.WhenBusy.REJECT : wanted.whenBusy(),
                kept);
    }

    boolean isPlain() {
        return kept.isEmpty() && whenBusy == NewRun.WhenBusy.REJECT;
    }

    /// How many steps it begins with.
    int steps() {
        return (int) kept.stream()
                .filter(entry -> !entry.type().equals("step.started"))
                .count();
    }

    static @Nullable String requestHash(NewRun wanted) {
        if (wanted.idempotencyKey() == null) {
            return null;
        }
        String request =
                String.join("\n", wanted.agent(), String.valueOf(wanted.thread()), wanted.input(), wanted.metadata());
        if (wanted.origin() != null) {
            request += "\n" + wanted.revision() + "\n" + wanted.origin() + "\n" + wanted.keep();
        }
        return Hash.of(request);
    }
}
