package dev.wheelhouse.runs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes new runs down: at once where nothing is in their way, else behind the open run of their thread.
final class CreateRun {

    private static final int MOST_ATTEMPTS = 10;

    private final RunStore store;
    private final RunWriter writer;
    private final Engine engine;
    private final Hints hints;
    private final Database database;

    CreateRun(RunStore store, RunWriter writer, Engine engine, Hints hints, Database database) {
        this.store = store;
        this.writer = writer;
        this.engine = engine;
        this.hints = hints;
        this.database = database;
    }

    /// Writes the run down and begins it here if there is room. When this returns, the run is durable.
    /// Refuses with `thread_busy`, `not_found` (thread) or `conflict` (idempotency key with another request).
    ///
    /// @param interrupt ends an open run of the thread, where that is wanted
    Run start(NewRun wanted, Consumer<RunId> interrupt) {
        if (!wanted.isPlain()) {
            return startBehind(wanted, interrupt);
        }
        var id = RunId.next();
        var thread = wanted.thread() == null ? id.value() : wanted.thread();
        boolean begun = engine.hasRoom();
        long sentAt = engine.parts().clock().nanoTime();
        var creation =
                Creation.of(wanted, id, thread, begun, engine.parts().config().lease());
        var at = writer.create(creation);
        if (at == null) {
            return refusedOrRepeated(wanted, thread);
        }
        var run = creation.written(database.replica(), at);
        if (begun) {
            engine.begin(run, new RunEvent(id, 1, at, EventType.RUN_CREATED, 0, creation.data()), sentAt);
        } else {
            hints.queued();
        }
        return run;
    }

    /// A run that may have to wait behind others of its thread, or that begins with steps of its origin.
    private Run startBehind(NewRun wanted, Consumer<RunId> interrupt) {
        for (int attempt = 1; ; attempt++) {
            var id = RunId.next();
            var thread = wanted.thread() == null ? id.value() : wanted.thread();
            if (writer.create(Creation.of(
                            wanted, id, thread, false, engine.parts().config().lease(), kept(wanted)))
                    != null) {
                if (wanted.whenBusy() == NewRun.WhenBusy.INTERRUPT) {
                    store.open(wanted.tenant(), thread, id).forEach(interrupt);
                }
                engine.parts().wakeAll();
                return get(wanted.tenant(), id);
            }
            // Another run opened the thread in the same moment: now it can be seen.
            if (wanted.whenBusy() == NewRun.WhenBusy.REJECT
                    || attempt == MOST_ATTEMPTS
                    || isKnown(wanted.tenant(), wanted.idempotencyKey())
                    || !store.hasThread(wanted.tenant(), thread)) {
                return refusedOrRepeated(wanted, thread);
            }
        }
    }

    private boolean isKnown(TenantId tenant, @Nullable String idempotencyKey) {
        return idempotencyKey != null && store.findByKey(tenant, idempotencyKey).isPresent();
    }

    private List<Commit.Entry> kept(NewRun wanted) {
        return wanted.keep() == null || wanted.origin() == null
                ? List.of()
                : InheritSteps.of(
                        wanted.keep(),
                        wanted.origin().run(),
                        store.recorded(wanted.tenant(), wanted.origin().run()));
    }

    /// The run that this very request has started before, by its idempotency key.
    Optional<Run> startedBefore(NewRun wanted) {
        return wanted.idempotencyKey() == null
                ? Optional.empty()
                : store.findByKey(wanted.tenant(), wanted.idempotencyKey())
                        .filter(first -> first.request().equals(Creation.requestHash(wanted)))
                        .map(first -> get(wanted.tenant(), first.run()));
    }

    private Run refusedOrRepeated(NewRun wanted, UUID thread) {
        if (wanted.idempotencyKey() != null) {
            var first = store.findByKey(wanted.tenant(), wanted.idempotencyKey());
            if (first.isPresent() && first.get().request().equals(Creation.requestHash(wanted))) {
                return get(wanted.tenant(), first.get().run());
            }
            if (first.isPresent()) {
                throw new Problem(
                        ErrorCode.CONFLICT,
                        "The idempotency key \"%s\" was used for another request".formatted(wanted.idempotencyKey()),
                        "Use a new key for a new request");
            }
        }
        if (!store.hasThread(wanted.tenant(), thread)) {
            throw Runs.missing("thread", thread);
        }
        throw new Problem(
                ErrorCode.THREAD_BUSY,
                "Thread \"%s\" has a run that has not ended".formatted(thread),
                "Wait for its end, cancel it, or start another thread");
    }

    private Run get(TenantId tenant, RunId run) {
        return store.find(tenant, run).orElseThrow(() -> Runs.missing("run", run));
    }
}
