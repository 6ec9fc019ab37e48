package dev.wheelhouse.credentials;

import dev.wheelhouse.outbound.Streaming;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Signs requests as AWS wants it, version 4: host, time and session token are signed, and the body by its digest.
final class SignForAws implements Credentials {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /// An access key: two parts, and a third where it is lent for a session.
    record Key(String id, String secret, @Nullable String session) {

        private static final Pattern FORM = Pattern.compile("(\\w{3,128}):([^:\\s]+)(?::(\\S+))?");

        /// Null for a text of another form.
        static @Nullable Key of(String text) {
            var form = FORM.matcher(text.strip());
            return form.matches() ? new Key(form.group(1), form.group(2), form.group(3)) : null;
        }
    }

    private final Key key;
    private final String region;
    private final String service;
    private final InstantSource clock;

    SignForAws(Key key, String region, String service, InstantSource clock) {
        this.key = key;
        this.region = region;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(URI to, String body) {
        return headers(Streaming.POST, to, body);
    }

    Map<String, String> headers(String method, URI to, String body) {
        String time = TIME.format(clock.instant());
        var signed = new TreeMap<String, String>();
        signed.put("host", to.getRawAuthority());
        signed.put("x-amz-date", time);
        if (key.session() != null) {
            signed.put("x-amz-security-token", key.session());
        }
        String names = String.join(";", signed.keySet());
        String request = String.join(
                "\n",
                method,
                path(to),
                query(to),
                signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining()),
                names,
                digest(body));
        String day = time.substring(0, 8);
        String scope = "%s/%s/%s/aws4_request".formatted(day, region, service);
        byte[] signature = sign(signingKey(day), String.join("\n", ALGORITHM, time, scope, digest(request)));
        var headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(
                                ALGORITHM,
                                key.id(),
                                scope,
                                names,
                                HexFormat.of().formatHex(signature)));
        return headers;
    }

    private byte[] signingKey(String day) {
        byte[] secret = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        return sign(sign(sign(sign(secret, day), region), service), "aws4_request");
    }

    /// Encoded once more than it is sent, as every service but storage wants it.
    private static String path(URI to) {
        String path = to.getRawPath();
        return path.isEmpty()
                ? "/"
                : Stream.of(path.split("/", -1)).map(SignForAws::encoded).collect(Collectors.joining("/"));
    }

    private static String query(URI to) {
        String query = to.getRawQuery();
        return query == null
                ? ""
                : Stream.of(query.split("&"))
                        .map(part -> part.split("=", 2))
                        .map(part -> again(part[0]) + "=" + (part.length < 2 ? "" : again(part[1])))
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String again(String sent) {
        return encoded(URLDecoder.decode(sent, StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static byte[] sign(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
