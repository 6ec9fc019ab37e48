package dev.wheelhouse.approvals;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;

/// Counts the open questions every 15 s: they belong to no replica, so each replica reads the table.
@Context
final class CountOpen implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final ApprovalStore store;
    private final List<ApprovalListener> listeners;
    private final Recurring counting;

    CountOpen(ApprovalStore store, List<ApprovalListener> listeners, Clock clock) {
        this.store = store;
        this.listeners = listeners;
        counting = Recurring.start(clock, "count-open-approvals", PAUSE, DatabaseException::isAway, this::count);
    }

    private boolean count() {
        var counts = store.open();
        listeners.forEach(listener -> listener.open(counts));
        return false;
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        counting.close();
    }
}
