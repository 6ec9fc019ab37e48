package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A client's own word for who it is, signed with its private key (RFC 7523).
final class SignAssertion {

    private static final int SECONDS = 120;
    private static final Map<Integer, Algorithm> CURVES = Map.of(
            256, new Algorithm("ES256", "SHA256withECDSAinP1363Format"),
            384, new Algorithm("ES384", "SHA384withECDSAinP1363Format"),
            521, new Algorithm("ES512", "SHA512withECDSAinP1363Format"));

    private record Algorithm(String name, String java) {}

    private SignAssertion() {}

    /// @param key PKCS 8, as PEM or its Base64
    /// @param audience the issuer that is to believe it
    static String of(String client, String audience, String key, Instant now) {
        var own = key(key);
        var algorithm = algorithm(own);
        var claims = new TreeMap<String, Object>(Map.of(
                "iss",
                client,
                "sub",
                client,
                "aud",
                audience,
                "jti",
                Ids.next().toString(),
                "iat",
                now.getEpochSecond(),
                "exp",
                now.getEpochSecond() + SECONDS));
        String signed =
                base64(Json.write(Map.of("alg", algorithm.name(), "typ", "JWT"))) + "." + base64(Json.write(claims));
        try {
            var signature = Signature.getInstance(algorithm.java());
            signature.initSign(own);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java signs with this key", e);
        }
    }

    private static Algorithm algorithm(PrivateKey key) {
        return switch (key) {
            case ECPrivateKey curve -> CURVES.get(curve.getParams().getOrder().bitLength());
            case PrivateKey other when other.getAlgorithm().equals("RSA") -> new Algorithm("RS256", "SHA256withRSA");
            default -> new Algorithm("EdDSA", "Ed25519");
        };
    }

    private static PrivateKey key(String text) {
        String plain = text.replaceAll("-----[A-Z ]+-----|\\\\n|\\s", "");
        for (String kind : List.of("EC", "RSA", "Ed25519")) {
            try {
                var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(plain));
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (GeneralSecurityException e) {
                continue;
            } catch (IllegalArgumentException e) {
                break;
            }
        }
        throw new Problem(
                ErrorCode.TOOL_FAILED,
                "signIn.privateKey is no private key in PKCS 8",
                "Make one of it: openssl pkcs8 -topk8 -nocrypt -in key.pem");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
