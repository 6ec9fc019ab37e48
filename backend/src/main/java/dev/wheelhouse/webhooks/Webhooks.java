package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The front door: webhooks of a tenant, to be read, changed and tried, and what was delivered to them.
@Singleton
public final class Webhooks {

    /// The word in a definition.
    public static final String KIND = "webhook";

    static final int LONGEST_NAME = 50;
    private static final int MOST_ATTEMPTS = 10;

    private final WebhookStore store;
    private final WebhookSecrets secrets;
    private final DeliveryStore deliveries;
    private final DeliverWebhooks deliver;
    private final Notices notices;
    private final InstantSource clock;

    Webhooks(
            WebhookStore store,
            WebhookSecrets secrets,
            DeliveryStore deliveries,
            DeliverWebhooks deliver,
            Notices notices,
            InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.deliveries = deliveries;
        this.deliver = deliver;
        this.notices = notices;
        this.clock = clock;
    }

    /// A webhook as people see it.
    ///
    /// @param text its definition as it was written
    /// @param enabled whether it is on: its definition says so, and its address has not made us switch it off
    /// @param disabled why it was switched off by itself, null where it was not
    /// @param secret shown once, when it was made; null else
    public record Shown(
            Webhook definition,
            String text,
            int version,
            boolean enabled,
            @Nullable String disabled,
            Instant updatedAt,
            @Nullable String secret) {}

    /// By name.
    public List<Shown> list(TenantId tenant) {
        return store.list(tenant).stream().map(row -> shown(row, null)).toList();
    }

    /// Refuses with `not_found`.
    public Shown get(TenantId tenant, String name) {
        return shown(tenant, name, null);
    }

    private Shown shown(TenantId tenant, String name, @Nullable String secret) {
        return store.find(tenant, name).map(row -> shown(row, secret)).orElseThrow(() -> unknown(tenant, name));
    }

    private static Shown shown(WebhookRepository.Row row, @Nullable String secret) {
        return new Shown(
                WebhookReader.readStored(row.definition()),
                row.definition(),
                row.version(),
                row.enabled(),
                row.disabled(),
                row.updatedAt(),
                secret);
    }

    private Problem unknown(TenantId tenant, String name) {
        var names = store.list(tenant).stream()
                .map(row -> WebhookReader.readStored(row.definition()).name())
                .collect(Collectors.toSet());
        return new Problem(
                ErrorCode.NOT_FOUND,
                "There is no webhook \"%s\"".formatted(Text.shorten(name, 70)),
                Suggest.hint(name, names));
    }

    /// Stores the definition; refuses it with all its mistakes. A new one gets a secret, which this answer shows and no
    /// other. One that was switched off by itself is on again.
    public Shown put(TenantId tenant, String name, String text, Expected expected) {
        var webhook = WebhookReader.read(text);
        Definitions.checkName(webhook.name(), name);
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            var there = store.find(tenant, name);
            var version = there.map(WebhookRepository.Row::version).orElse(null);
            expected.check("Webhook \"%s\"".formatted(name), version == null ? null : Integer.toString(version));
            if (there.isEmpty() && store.list(tenant).size() >= WebhookRepository.MOST) {
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "There are %d webhooks".formatted(WebhookRepository.MOST),
                        "Remove one of them first");
            }
            String secret = secrets.keep(tenant, webhook, there.isEmpty());
            if (store.put(tenant, webhook, Text.storable(text), version)) {
                changed(tenant);
                return shown(tenant, name, secret);
            }
        }
        throw new Problem(
                ErrorCode.CONFLICT,
                "Webhook \"%s\" is being changed by others right now".formatted(name),
                "Read it again, then resend your change");
    }

    /// Makes another secret, which this answer shows and no other. Messages are signed by both until the next change of
    /// the secret.
    public Shown rotate(TenantId tenant, String name) {
        var webhook = get(tenant, name).definition();
        return shown(tenant, name, secrets.rotate(tenant, webhook));
    }

    /// With its secret and its deliveries. Refuses with `not_found`.
    public void remove(TenantId tenant, String name, Expected expected) {
        var there = get(tenant, name);
        expected.check("Webhook \"%s\"".formatted(name), Integer.toString(there.version()));
        if (!store.remove(tenant, name)) {
            throw unknown(tenant, name);
        }
        secrets.remove(tenant, name);
        changed(tenant);
    }

    private void changed(TenantId tenant) {
        var moments = EnumSet.noneOf(Notice.Moment.class);
        for (var subscription : deliveries.subscriptions(tenant)) {
            if (subscription.owner().equals(OperatorsWebhook.OWNER)) {
                continue;
            }
            moments.add(Notice.Moment.ENDED);
            for (var moment : Notice.Moment.values()) {
                if (subscription.webhook().wants(moment.type())) {
                    moments.add(moment);
                }
            }
        }
        notices.watch(tenant, Notice.Reader.WEBHOOKS, moments);
        deliveries.giveUpDisabled();
        deliver.wake();
    }

    /// Sends a message that says nothing, once, whether the webhook is on or not.
    public Delivery test(TenantId tenant, String name) {
        get(tenant, name);
        var id = Ids.next();
        var body = Json.mapper()
                .createObjectNode()
                .put("type", Webhook.TEST)
                .put("timestamp", clock.instant().toString());
        body.putObject("data").put("tenant", tenant.name()).put("webhook", name);
        store.add(tenant, name, id, Webhook.TEST, body.toString());
        deliver.wake();
        return delivery(tenant, name, id);
    }

    /// Sends a message again, with the same id, whatever became of it. Refuses with `not_found`.
    public Delivery again(TenantId tenant, String name, UUID delivery) {
        get(tenant, name);
        if (!store.again(tenant, name, delivery)) {
            throw missing(delivery);
        }
        deliver.wake();
        return delivery(tenant, name, delivery);
    }

    /// Refuses with `not_found`.
    public Delivery delivery(TenantId tenant, String name, UUID delivery) {
        return store.delivery(tenant, name, delivery).orElseThrow(() -> missing(delivery));
    }

    private static Problem missing(UUID delivery) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no delivery \"%s\"".formatted(delivery));
    }

    /// Newest first, the last thousand of a month.
    ///
    /// @param before the position of the last one that is known, null to begin
    public Page<Delivery> deliveries(TenantId tenant, String name, @Nullable Long before, int limit) {
        get(tenant, name);
        return store.deliveries(tenant, name, before == null ? Long.MAX_VALUE : before, limit);
    }
}
