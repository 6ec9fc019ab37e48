package dev.wheelhouse.approvals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.WebhookKeys;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the operator is told of approvals, by the settings.
@Singleton
public final class Announcing {

    /// The operator's address.
    ///
    /// @param retry before the second try; it doubles with each further one
    public record Address(String url, WebhookKeys keys, Duration retry) {}

    private final @Nullable Address address;
    private final @Nullable String console;

    /// Refuses with all that is wrong with the settings.
    Announcing(ApprovalsConfig config) {
        var mistakes = new ArrayList<Problem.Mistake>();
        address = config.webhookUrl() == null ? null : address(config, config.webhookUrl(), mistakes);
        console = config.consoleUrl() == null ? null : config.consoleUrl().replaceAll("/+$", "");
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "Approvals cannot be announced with these settings", "Correct them", mistakes);
        }
    }

    /// Empty where the operator has set none.
    public Optional<Address> address() {
        return Optional.ofNullable(address);
    }

    /// Where people decide it, null where nobody has said where the console is.
    public @Nullable String link(UUID approval) {
        return console == null ? null : console + "/approvals?approval=" + approval;
    }

    private static @Nullable Address address(ApprovalsConfig config, String url, List<Problem.Mistake> mistakes) {
        if (!isAddress(url)) {
            mistakes.add(Problem.Mistake.at(
                    "approvals.webhook-url",
                    "This is not an address that can be sent to",
                    "Write it as https://host/path, without a user name"));
        }
        var keys = keys(config.webhookSecret(), mistakes);
        return keys == null ? null : new Address(url, keys, config.webhookRetry());
    }

    private static boolean isAddress(String text) {
        try {
            var url = URI.create(text);
            return List.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The secret itself is never shown, not even where it is wrong.
    private static @Nullable WebhookKeys keys(@Nullable String text, List<Problem.Mistake> mistakes) {
        var keys = WebhookKeys.read(text == null ? "" : text);
        if (keys.isEmpty()) {
            mistakes.add(Problem.Mistake.at(
                    "approvals.webhook-secret",
                    text == null ? "It is missing" : "It is not a secret of 24 to 64 bytes",
                    "Make one: echo whsec_$(openssl rand -base64 32)"));
        }
        return keys.orElse(null);
    }
}
