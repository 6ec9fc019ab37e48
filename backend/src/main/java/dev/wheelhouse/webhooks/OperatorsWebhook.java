package dev.wheelhouse.webhooks;

import dev.wheelhouse.approvals.Announcing;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import dev.wheelhouse.outbound.WebhookKeys;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The operator's own subscription, to the approvals of all tenants. It stands in the settings and not in the API,
/// and no tenant sees its address.
@Singleton
final class OperatorsWebhook {

    /// In place of a tenant.
    static final String OWNER = "*";

    private static final String NAME = "approvals";
    private static final String EVENT = "approval.opened";
    /// Ids had this before announcements were subscriptions: a receiver that knows one takes it once.
    private static final String PREFIX = "approval_";

    private final Announcing announcing;
    private final DeliveryStore store;
    private final Notices notices;
    private boolean isKept;

    OperatorsWebhook(Announcing announcing, DeliveryStore store, Notices notices) {
        this.announcing = announcing;
        this.store = store;
        this.notices = notices;
    }

    static boolean owns(AllDeliveriesRepository.Due due) {
        return due.tenant().equals(OWNER);
    }

    /// Of a message that is made of a notice.
    static UUID id(String owner, Notice notice) {
        return owner.equals(OWNER) ? Objects.requireNonNull(notice.subject()) : Ids.next();
    }

    /// By which the receiver knows a message again.
    static String sentId(AllDeliveriesRepository.Due due) {
        return owns(due) ? PREFIX + due.id() : due.id().toString();
    }

    /// Writes down once in the life of a replica what its settings say.
    void keep() {
        if (!isKept) {
            var definition = announcing.address().map(OperatorsWebhook::definition);
            store.keepOperators(NAME, definition.orElse(null));
            notices.watchAll(Notice.Reader.WEBHOOKS, definition.isPresent() ? Set.of(EVENT) : Set.of());
            isKept = true;
        }
    }

    private static String definition(Announcing.Address address) {
        var definition = Json.mapper()
                .createObjectNode()
                .put("name", NAME)
                .put("description", "Set by the operator: approvals.webhook-url")
                .put("url", address.url());
        definition.putArray("events").add(EVENT);
        return definition.toString();
    }

    Optional<WebhookKeys> keys() {
        return announcing.address().map(Announcing.Address::keys);
    }

    Duration retry() {
        return announcing.address().orElseThrow().retry();
    }
}
