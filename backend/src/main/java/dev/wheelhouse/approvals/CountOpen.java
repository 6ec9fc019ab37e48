package dev.wheelhouse.approvals;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the open questions every 15 s: what waits for people belongs to no replica, so each looks at the table.
@Context
final class CountOpen implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CountOpen.class);
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final ApprovalStore store;
    private final List<ApprovalListener> listeners;
    private final Thread thread;

    CountOpen(ApprovalStore store, List<ApprovalListener> listeners) {
        this.store = store;
        this.listeners = listeners;
        thread = Thread.ofVirtual().name("count-open-approvals").start(this::countUntilClosed);
    }

    private void countUntilClosed() {
        try {
            while (true) {
                count();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.debug("Open approvals are no longer counted here.");
        }
    }

    private void count() {
        try {
            var counts = store.open();
            listeners.forEach(listener -> listener.open(counts));
        } catch (DatabaseException | Problem e) {
            LOG.debug("Postgres is away; open approvals are counted later.", e);
        }
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
    }
}
