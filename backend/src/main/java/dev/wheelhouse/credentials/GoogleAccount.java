package dev.wheelhouse.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An account of Google as its JSON file has it: a service account that signs for itself, or a person's that was once
/// given with `gcloud auth application-default login`.
final class GoogleAccount implements TokenSource {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String HOME = "https://oauth2.googleapis.com/token";
    private static final int SECONDS = 3600;

    private final JsonNode json;
    private final @Nullable PrivateKey key;

    private GoogleAccount(JsonNode json, @Nullable PrivateKey key) {
        this.json = json;
        this.key = key;
    }

    /// Null for a text that is no JSON; a [Problem] that names what is missing for other JSON.
    static @Nullable GoogleAccount of(String text) {
        if (!text.strip().startsWith("{")) {
            return null;
        }
        JsonNode json = read(text);
        String type = json.path("type").asText();
        List<String> needed =
                switch (type) {
                    case "service_account" -> List.of("client_email", "private_key");
                    case "authorized_user" -> List.of("client_id", "client_secret", "refresh_token");
                    default ->
                        throw Credentials.refused(
                                "Its type is \"%s\"".formatted(type),
                                "Use the JSON of a service_account or an authorized_user");
                };
        var missing = new ArrayList<>(needed);
        missing.removeIf(name -> !json.path(name).asText().isBlank());
        if (!missing.isEmpty()) {
            throw Credentials.refused("It lacks " + String.join(", ", missing), "Download the account's key once more");
        }
        return new GoogleAccount(json, type.equals("service_account") ? key(json) : null);
    }

    private static JsonNode read(String text) {
        try {
            return Json.read(text);
        } catch (Problem notJson) {
            throw Credentials.refused("It begins like JSON and is none", "Use the account's file as it is");
        }
    }

    private static PrivateKey key(JsonNode json) {
        try {
            String plain = json.path("private_key").asText().replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(plain)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw Credentials.refused("Its private_key cannot be read", "Download the account's key once more");
        }
    }

    @Override
    public String address() {
        String told = json.path("token_uri").asText();
        return told.isBlank() ? HOME : told;
    }

    @Override
    public Map<String, String> form(Instant now) {
        return key == null
                ? Map.of(
                        "grant_type", "refresh_token",
                        "client_id", json.path("client_id").asText(),
                        "client_secret", json.path("client_secret").asText(),
                        "refresh_token", json.path("refresh_token").asText())
                : Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion(key, now));
    }

    private String assertion(PrivateKey own, Instant now) {
        var head = new LinkedHashMap<String, Object>(Map.of("alg", "RS256", "typ", "JWT"));
        if (json.hasNonNull("private_key_id")) {
            head.put("kid", json.path("private_key_id").asText());
        }
        var claims = Map.of(
                "iss", json.path("client_email").asText(),
                "scope", SCOPE,
                "aud", address(),
                "iat", now.getEpochSecond(),
                "exp", now.getEpochSecond() + SECONDS);
        String signed = base64(Json.write(head).getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(Json.write(claims).getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(own);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java signs with RSA", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
