package dev.wheelhouse.outbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs webhooks as Standard Webhooks have it (standardwebhooks.com): HMAC-SHA256 over id, time and body, by each key.
/// There are two while the receiver changes from an old key to a new one.
public final class WebhookKeys {

    private static final String PREFIX = "whsec_";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private WebhookKeys(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /// One or several, with spaces between them: `whsec_` and 24 to 64 bytes in Base64. Empty where one is not such a
    /// key.
    public static Optional<WebhookKeys> read(String text) {
        var keys = new ArrayList<SecretKeySpec>();
        for (String word : text.strip().split("\\s+")) {
            byte[] bytes = bytes(word);
            if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
                return Optional.empty();
            }
            keys.add(new SecretKeySpec(bytes, "HmacSHA256"));
        }
        return Optional.of(new WebhookKeys(keys));
    }

    private static byte[] bytes(String word) {
        try {
            return word.startsWith(PREFIX) ? Base64.getDecoder().decode(word.substring(PREFIX.length())) : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// The three headers of a message.
    ///
    /// @param id the same in every try
    public Map<String, String> sign(String id, Instant at, String body) {
        String signed = id + "." + at.getEpochSecond() + "." + body;
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
        headers.put(
                "webhook-signature",
                keys.stream().map(key -> "v1," + signature(key, signed)).collect(Collectors.joining(" ")));
        return headers;
    }

    private static String signature(SecretKeySpec key, String signed) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
