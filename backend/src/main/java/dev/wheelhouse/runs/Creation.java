package dev.wheelhouse.runs;

import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run about to be written. A run that opens its thread has the thread's id; `epoch` is 1 where this replica begins
/// it at once and 0 where it waits for a place; `data` is that of its first event, which those in `kept` follow.
record Creation(
        NewRun wanted,
        RunId run,
        UUID thread,
        int epoch,
        long dueMillis,
        @Nullable String requestHash,
        String data,
        List<Commit.Entry> kept) {

    // A request to 0.1.0 is known again by its hash, which said no kind.
    private static final String UNSAID_KIND = "agent";

    /// `begun`: this replica carries it on at once.
    static Creation of(NewRun wanted, RunId id, UUID thread, boolean begun, Duration lease) {
        return of(wanted, id, thread, begun, lease, List.of());
    }

    static Creation of(NewRun wanted, RunId id, UUID thread, boolean begun, Duration lease, List<Commit.Entry> kept) {
        return new Creation(
                wanted,
                id,
                thread,
                begun ? 1 : 0,
                begun ? lease.toMillis() : 0,
                requestHash(wanted),
                createdData(wanted),
                kept);
    }

    /// The first event's data. What the run's row says already is not said again.
    private static String createdData(NewRun wanted) {
        String caps = wanted.request().caps() == null
                ? ""
                : ",\"caps\":" + wanted.request().caps();
        String options = wanted.request().options() == null
                ? ""
                : ",\"options\":" + wanted.request().options();
        String interrupts = wanted.whenBusy() == NewRun.WhenBusy.INTERRUPT ? ",\"interrupts\":true" : "";
        return Text.storable("{\"input\":" + wanted.input() + caps + options + interrupts + "}");
    }

    static @Nullable String requestHash(NewRun wanted) {
        if (wanted.idempotencyKey() == null) {
            return null;
        }
        String request = String.join(
                "\n",
                wanted.program().name(),
                String.valueOf(wanted.thread()),
                wanted.input(),
                wanted.request().metadata());
        if (!wanted.program().kind().equals(UNSAID_KIND)) {
            request += "\n" + wanted.program().kind();
        }
        if (wanted.request().options() != null) {
            request += "\n" + wanted.request().options();
        }
        if (wanted.origin() != null) {
            request += "\n" + wanted.program().revision() + "\n" + wanted.origin() + "\n" + wanted.keep();
        }
        return Hash.of(request);
    }

    /// The run as it stands right after it was written down.
    Run written(String replica, Instant at) {
        boolean begun = epoch > 0;
        return new Run(
                run,
                wanted.tenant(),
                wanted.program(),
                thread,
                wanted.request(),
                wanted.lineage(),
                begun ? Run.Status.RUNNING : Run.Status.QUEUED,
                begun ? new Run.Place(replica, epoch) : Run.Place.NOWHERE,
                Run.Totals.CREATED,
                new Run.Times(at, begun ? at : null, null));
    }

    boolean isPlain() {
        return kept.isEmpty() && whenBusy() == NewRun.WhenBusy.REJECT;
    }

    /// How many steps it begins with.
    int steps() {
        return (int) kept.stream()
                .filter(entry -> entry.type() != EventType.STEP_STARTED)
                .count();
    }

    TenantId tenant() {
        return wanted.tenant();
    }

    Run.@Nullable Parent parent() {
        return wanted.lineage().parent();
    }

    @Nullable
    String idempotencyKey() {
        return wanted.idempotencyKey();
    }

    /// A thread that the run opens is never busy.
    NewRun.WhenBusy whenBusy() {
        return wanted.thread() == null ? NewRun.WhenBusy.REJECT : wanted.whenBusy();
    }

    /// Null where the row does not say it.
    @Nullable
    String metadata() {
        String metadata = wanted.request().metadata();
        return metadata.equals("{}") ? null : metadata;
    }
}
