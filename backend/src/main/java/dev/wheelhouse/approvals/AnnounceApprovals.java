package dev.wheelhouse.approvals;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces questions as they open: at least once each, from the table, so that a restart forgets none. Replicas share
/// the work: a try belongs to the one that took it. It gives up on a question after a day.
@Context
@Requires(property = "approvals.webhook-url")
final class AnnounceApprovals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceApprovals.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 5;

    private final ApprovalStore store;
    private final ApprovalsConfig config;
    private final Webhook webhook;
    private final Recurring announcing;

    AnnounceApprovals(ApprovalStore store, ApprovalsConfig config, Outbound outbound, Clock clock) {
        this.store = store;
        this.config = config;
        this.webhook = new Webhook(config, outbound);
        announcing = Recurring.start(clock, "announce-approvals", PAUSE, DatabaseException::isAway, this::announceAll);
    }

    /// Says whether there were any.
    private boolean announceAll() throws InterruptedException {
        var due = store.toAnnounce(AT_ONCE);
        for (var approval : due) {
            announce(approval);
        }
        return !due.isEmpty();
    }

    private void announce(Approval approval) throws InterruptedException {
        String why = webhook.announce(approval, Instant.now());
        if (why == null) {
            store.announced(approval.tenant(), approval.id());
        } else {
            store.notAnnounced(
                    approval.tenant(), approval.id(), config.webhookRetry().toMillis());
            LOG.warn("Approval {} could not be announced: {}. Trying again later.", approval.id(), why);
        }
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        announcing.close();
    }
}
