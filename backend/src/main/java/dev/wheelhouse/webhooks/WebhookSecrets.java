package dev.wheelhouse.webhooks;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.outbound.Destination;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.WebhookKeys;
import dev.wheelhouse.secrets.NewSecret;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// With what a webhook's messages are signed: a secret `webhook-NAME`, bound to the host that they go to. While it
/// changes there are two values in it, the newer first.
@Singleton
final class WebhookSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private final Secrets secrets;

    WebhookSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    private static String name(String webhook) {
        return "webhook-" + webhook;
    }

    private static String fresh() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }

    /// Makes one for a new webhook, and binds the one that is there to where the webhook goes to now.
    ///
    /// @return the value where it is new, null where it was there
    @Nullable
    String keep(TenantId tenant, Webhook webhook, boolean isNew) {
        var there = isNew ? Optional.<String>empty() : secrets.key(tenant, name(webhook.name()));
        String value = there.orElseGet(WebhookSecrets::fresh);
        put(tenant, webhook, value);
        return there.isPresent() ? null : value;
    }

    /// The new value; the one before stays valid beside it.
    String rotate(TenantId tenant, Webhook webhook) {
        String value = fresh();
        String before = secrets.key(tenant, name(webhook.name()))
                .map(old -> " " + old.split(" ")[0])
                .orElse("");
        put(tenant, webhook, value + before);
        return value;
    }

    private void put(TenantId tenant, Webhook webhook, String value) {
        var uri = Reach.uri(webhook.url());
        String host = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        if (Destination.parse(host).isEmpty()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is not a host that a secret can be bound to".formatted(host),
                    "Use the name of a host");
        }
        secrets.put(
                tenant,
                new NewSecret(
                        name(webhook.name()),
                        value,
                        List.of(host),
                        "Signs what is sent to the webhook " + webhook.name()));
    }

    void remove(TenantId tenant, String webhook) {
        try {
            secrets.remove(tenant, name(webhook));
        } catch (Problem e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /// Empty where it was removed, or cannot be opened.
    Optional<WebhookKeys> keys(TenantId tenant, String webhook) {
        return secrets.key(tenant, name(webhook)).flatMap(WebhookKeys::read);
    }
}
