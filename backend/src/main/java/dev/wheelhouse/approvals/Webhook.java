package dev.wheelhouse.approvals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.outbound.WebhookKeys;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The address that questions are announced to, with signed messages. The body says what to look at and holds no
/// arguments, which may be secret.
final class Webhook {

    private final Outbound outbound;
    private final URI url;
    private final @Nullable WebhookKeys keys;
    private final @Nullable String console;

    /// Refuses with all that is wrong with the settings.
    Webhook(ApprovalsConfig config, Outbound outbound) {
        this.outbound = outbound;
        var mistakes = new ArrayList<Problem.Mistake>();
        url = url(String.valueOf(config.webhookUrl()), mistakes);
        keys = keys(config.webhookSecret(), mistakes);
        console = config.consoleUrl();
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "Approvals cannot be announced with these settings", "Correct them", mistakes);
        }
    }

    private static URI url(String text, List<Problem.Mistake> mistakes) {
        try {
            var url = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(url.getScheme()))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        mistakes.add(Problem.Mistake.at(
                "approvals.webhook-url",
                "This is not an address that can be sent to",
                "Write it as https://host/path, without a user name"));
        return URI.create("http://invalid/");
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

    /// Null where it was delivered, else why not.
    @Nullable
    String announce(Approval approval, Instant at) throws InterruptedException {
        String body = body(approval, at);
        var signed = Objects.requireNonNull(keys).sign("approval_" + approval.id(), at, body);
        try {
            int status = outbound.send(
                    Sending.post(url.toString(), signed, body), outbound.operators(), (head, _) -> head.status());
            return status >= 200 && status < 300 ? null : "it answered " + status;
        } catch (Problem e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return e.message();
        }
    }

    private String body(Approval approval, Instant at) {
        var body =
                Json.mapper().createObjectNode().put("type", "approval.opened").put("timestamp", at.toString());
        var data = body.putObject("data")
                .put("tenant", approval.tenant().name())
                .put("approval", approval.id().toString())
                .put("run", approval.run().toString())
                .put("agent", approval.agent())
                .put("kind", approval.kind())
                .put("tool", approval.question().path("tool").asText(""))
                .put("message", message(approval))
                .put("requester", approval.requester());
        data.put(
                "expiresAt",
                approval.expiresAt() == null ? null : approval.expiresAt().toString());
        data.put(
                "url", console == null ? null : console.replaceAll("/+$", "") + "/approvals?approval=" + approval.id());
        return body.toString();
    }

    /// A rule's message is the builder's; a question's is the model's, and stays here.
    private static String message(Approval approval) {
        return approval.kind().equals("tool")
                ? approval.question().path("message").asText("")
                : "";
    }
}
