package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be delivered, over all tenants.
@Singleton
final class DeliveryStore {

    private final Database database;
    private final AllDeliveriesRepository deliveries;

    DeliveryStore(Database database, AllDeliveriesRepository deliveries) {
        this.database = database;
        this.deliveries = deliveries;
    }

    /// An enabled webhook that is to be told of a tenant.
    ///
    /// @param owner the tenant, or [OperatorsWebhook#OWNER]
    record Subscription(String owner, Webhook webhook) {}

    List<Subscription> subscriptions(TenantId tenant) {
        return database.asEngine(() -> deliveries.enabled(tenant.name())).stream()
                .map(row -> new Subscription(row.tenant(), WebhookReader.readStored(row.definition())))
                .toList();
    }

    /// The webhook of the operator, by its definition; none where it is null.
    void keepOperators(String name, @Nullable String definition) {
        database.asEngine(() -> {
            if (definition == null) {
                deliveries.removeOperators();
            } else {
                deliveries.keepOperators(name, definition);
            }
        });
    }

    /// Takes notices, those that nobody else has, and writes the messages that are made of them.
    void take(List<Long> notices, List<AllDeliveriesRepository.New> messages) {
        String ids = Json.write(notices);
        String rows = new Columns<>(messages).json();
        database.asEngine(() -> deliveries.take(ids, rows));
    }

    List<AllDeliveriesRepository.Due> due(int most) {
        return database.asEngine(() -> deliveries.due(most));
    }

    /// A webhook that was switched off by what became of its deliveries.
    record SwitchedOff(String tenant, String webhook, String reason) {}

    List<SwitchedOff> tried(List<AllDeliveriesRepository.Tried> all) {
        String tries = new Columns<>(all).json();
        database.asEngine(() -> deliveries.tried(tries));
        var off = database.asEngine(() -> deliveries.stand(tries)).stream()
                .filter(webhook -> !webhook.enabled() && webhook.disabled() != null)
                .map(webhook -> new SwitchedOff(webhook.tenant(), webhook.name(), webhook.disabled()))
                .toList();
        if (!off.isEmpty()) {
            giveUpDisabled();
        }
        return off;
    }

    /// Nothing is due for what was switched off.
    void giveUpDisabled() {
        database.asEngine(deliveries::giveUpDisabled);
    }

    void forget(int keep) {
        database.asEngine(() -> deliveries.forget(keep));
    }
}
