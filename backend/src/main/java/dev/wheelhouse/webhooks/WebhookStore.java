package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import io.micronaut.data.model.Limit;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Webhooks and their deliveries as people see them, each call in a transaction of one tenant.
@Singleton
final class WebhookStore {

    private final Database database;
    private final WebhookRepository webhooks;
    private final DeliveryRepository deliveries;

    WebhookStore(Database database, WebhookRepository webhooks, DeliveryRepository deliveries) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    List<WebhookRepository.Row> list(TenantId tenant) {
        return database.as(tenant, webhooks::listOrderByName);
    }

    Optional<WebhookRepository.Row> find(TenantId tenant, String name) {
        return database.as(tenant, () -> webhooks.findByName(name));
    }

    /// Stores it where the version that is there is `before`; false where somebody was faster.
    boolean put(TenantId tenant, Webhook webhook, String text, @Nullable Integer before) {
        return database.as(
                tenant,
                () -> before == null
                        ? webhooks.add(webhook.name(), webhook.enabled(), text) == 1
                        : webhooks.change(webhook.name(), before, webhook.enabled(), text) == 1);
    }

    boolean remove(TenantId tenant, String name) {
        return database.as(tenant, () -> webhooks.deleteByName(name) == 1);
    }

    void add(TenantId tenant, String webhook, UUID id, String type, String body) {
        database.as(tenant, () -> deliveries.add(webhook, id, type, body));
    }

    /// Due again for another day, whatever it was; false where there is none.
    boolean again(TenantId tenant, String webhook, UUID id) {
        return database.as(tenant, () -> deliveries.again(webhook, id) == 1);
    }

    Optional<Delivery> delivery(TenantId tenant, String webhook, UUID id) {
        return database.as(tenant, () -> deliveries.findByWebhookAndId(webhook, id));
    }

    /// Newest first.
    Page<Delivery> deliveries(TenantId tenant, String webhook, long before, int limit) {
        var rows = database.as(
                tenant,
                () -> deliveries.findByWebhookAndPositionLessThanOrderByPositionDesc(
                        webhook, before, Limit.of(limit + 1, 0)));
        return Page.of(rows, limit, delivery -> Long.toString(delivery.position()));
    }
}
