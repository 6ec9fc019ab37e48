package dev.wheelhouse.triggers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Whether a message was signed with one of the keys, lately. Signatures are compared in a time that says nothing of
/// them.
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String WHSEC = "whsec_";
    private static final Pattern PLACE = Pattern.compile("\\{(body|timestamp|id)}");

    private Signatures() {}

    /// @param headers by their names in lower case
    /// @param keys as they were set, such as `whsec_…`
    static boolean holds(Hook hook, Map<String, String> headers, byte[] body, List<String> keys, Instant now) {
        var form = hook.signature();
        String sent = headers.getOrDefault(form.header(), "");
        if (sent.length() > 4_000 || !isInTime(form, headers, hook.tolerance(), now)) {
            return false;
        }
        byte[] signed = signed(form, headers, body);
        boolean holds = false;
        for (String key : keys) {
            byte[] right = hmac(key(hook.verify(), key), signed);
            for (String word : sent.strip().split("[\\s]+|,\\s+")) {
                holds |= word.startsWith(form.prefix())
                        && MessageDigest.isEqual(
                                right,
                                decoded(
                                        form.encoding(),
                                        word.substring(form.prefix().length())));
            }
        }
        return holds;
    }

    private static boolean isInTime(Hook.Signature form, Map<String, String> headers, Duration tolerance, Instant now) {
        if (form.timestampHeader() == null) {
            return true;
        }
        String text = headers.getOrDefault(form.timestampHeader(), "").strip();
        if (!text.matches("\\d{1,12}")) {
            return false;
        }
        var away = Duration.between(Instant.ofEpochSecond(Long.parseLong(text)), now)
                .abs();
        return away.compareTo(tolerance) <= 0;
    }

    private static byte[] signed(Hook.Signature form, Map<String, String> headers, byte[] body) {
        var signed = new ByteArrayOutputStream(body.length + 100);
        Matcher place = PLACE.matcher(form.signed());
        int at = 0;
        while (place.find()) {
            signed.writeBytes(form.signed().substring(at, place.start()).getBytes(StandardCharsets.UTF_8));
            signed.writeBytes(
                    switch (place.group(1)) {
                        case "body" -> body;
                        case "timestamp" -> header(headers, form.timestampHeader());
                        default -> header(headers, form.idHeader());
                    });
            at = place.end();
        }
        signed.writeBytes(form.signed().substring(at).getBytes(StandardCharsets.UTF_8));
        return signed.toByteArray();
    }

    private static byte[] header(Map<String, String> headers, @org.jspecify.annotations.Nullable String name) {
        return (name == null ? "" : headers.getOrDefault(name, "")).getBytes(StandardCharsets.UTF_8);
    }

    /// Standard Webhooks' keys are bytes in Base64; others are texts.
    private static byte[] key(Hook.Verify verify, String key) {
        String text = key.strip();
        if (verify == Hook.Verify.STANDARD || text.startsWith(WHSEC)) {
            try {
                return Base64.getDecoder().decode(text.startsWith(WHSEC) ? text.substring(WHSEC.length()) : text);
            } catch (IllegalArgumentException notBase64) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(Hook.Encoding encoding, String text) {
        try {
            return switch (encoding) {
                case HEX -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
                case BASE64 -> Base64.getDecoder().decode(text);
            };
        } catch (IllegalArgumentException notEncoded) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] key, byte[] signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
