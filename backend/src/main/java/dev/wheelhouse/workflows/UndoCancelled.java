package dev.wheelhouse.workflows;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a run that undoes what a cancelled one had done. A cancelled run has ended at once, as whoever cancelled it
/// wants; what is left to do is a run of its own, seen and followed as any other, and started once by its idempotency
/// key.
@Context
final class UndoCancelled implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UndoCancelled.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Database database;
    private final CancelledRunRepository cancelled;
    private final Workflows workflows;
    private final Runs runs;
    private final Recurring rounds;

    UndoCancelled(Database database, CancelledRunRepository cancelled, Workflows workflows, Runs runs, Clock clock) {
        this.database = database;
        this.cancelled = cancelled;
        this.workflows = workflows;
        this.runs = runs;
        rounds = Recurring.startLater(clock, "undo-cancelled", PAUSE, DatabaseException::isAway, this::undoAll);
    }

    /// Says whether there may be more.
    private boolean undoAll() {
        var found = database.asEngine(() -> cancelled.find(Workflows.KIND));
        found.forEach(this::undo);
        return !found.isEmpty();
    }

    private void undo(CancelledRunRepository.Cancelled one) {
        var run = runs.get(new TenantId(one.tenant()), new RunId(one.run()));
        var pin = run.program();
        var definition = workflows.definition(run.tenant(), pin.name(), pin.revision());
        boolean isUndo = WorkflowPrograms.Undo.of(run.options()) != null;
        if (!isUndo && definition.canUndo()) {
            var undoing = runs.start(NewRun.of(run.tenant(), pin, String.valueOf(run.input()))
                    .options(WorkflowPrograms.Undo.options(run.id()))
                    .metadata(run.metadata())
                    .caps(run.caps())
                    .asker(run.asker())
                    .idempotencyKey("undo:" + run.id())
                    .build());
            LOG.info("Run {} was cancelled. Run {} undoes what it had done.", run.id(), undoing.id());
        }
        database.asEngine(() -> cancelled.done(one.tenant(), one.run()));
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        rounds.close();
    }
}
