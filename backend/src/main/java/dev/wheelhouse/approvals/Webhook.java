package dev.wheelhouse.approvals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The address that questions are announced to, signed as Standard Webhooks have it (standardwebhooks.com): HMAC-SHA256
/// over id, time and body. The body says what to look at and holds no arguments, which may be secret.
final class Webhook {

    private static final String PREFIX = "whsec_";
    private static final long LONGEST = 64 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final SecretKeySpec secret;
    private final @Nullable String console;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /// Refuses with all that is wrong with the settings.
    Webhook(ApprovalsConfig config) {
        var mistakes = new ArrayList<Problem.Mistake>();
        url = url(String.valueOf(config.webhookUrl()), mistakes);
        secret = secret(config.webhookSecret(), mistakes);
        console = config.consoleUrl();
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY, "Approvals cannot be announced with these settings", "Correct them", mistakes);
        }
    }

    private static URI url(String text, List<Problem.Mistake> mistakes) {
        try {
            var url = URI.create(text);
            if (List.of("http", "https").contains(String.valueOf(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        mistakes.add(Problem.Mistake.at(
                "approvals.webhook-url",
                "\"%s\" is no address".formatted(Text.shorten(text, 100)),
                "Write it as https://host/path"));
        return URI.create("http://invalid/");
    }

    /// The secret itself is never said, not even where it is wrong.
    private static SecretKeySpec secret(@Nullable String text, List<Problem.Mistake> mistakes) {
        try {
            if (text != null && text.startsWith(PREFIX)) {
                byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
                if (bytes.length >= 24 && bytes.length <= 64) {
                    return new SecretKeySpec(bytes, "HmacSHA256");
                }
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        mistakes.add(Problem.Mistake.at(
                "approvals.webhook-secret",
                text == null ? "It is missing" : "It is no secret of 24 to 64 bytes",
                "Make one: echo whsec_$(openssl rand -base64 32)"));
        return new SecretKeySpec(new byte[32], "HmacSHA256");
    }

    /// Null where it was taken, else why it was not.
    @Nullable
    String announce(Approval approval, Instant at) throws InterruptedException {
        String id = "approval_" + approval.id();
        String body = body(approval, at);
        long seconds = at.getEpochSecond();
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", "v1," + signature(id + "." + seconds + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = client.send(
                            request,
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.discarding(), LONGEST))
                    .statusCode();
            return status >= 200 && status < 300 ? null : "it answered " + status;
        } catch (IOException e) {
            return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
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

    private String signature(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
