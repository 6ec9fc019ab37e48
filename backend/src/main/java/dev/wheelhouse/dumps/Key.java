package dev.wheelhouse.dumps;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A key of age: what is encrypted for the public half, the secret half opens.
///
/// @param open 32 bytes that everybody may know
/// @param secret 32 bytes, or none where only the public half is known
record Key(byte[] open, byte[] secret) {

    private static final String PUBLIC = "age";
    private static final String SECRET = "age-secret-key-";

    static Key draw() throws GeneralSecurityException {
        byte[] secret = new byte[Curve.SIZE];
        new SecureRandom().nextBytes(secret);
        return new Key(Curve.publicOf(secret), secret);
    }

    /// Public keys, with spaces, commas or line breaks between them.
    static List<Key> recipients(String text) throws DamagedException {
        var keys = new ArrayList<Key>();
        for (String word : text.strip().split("[\\s,]+")) {
            if (word.toLowerCase(Locale.ROOT).startsWith(SECRET)) {
                throw new DamagedException(
                        "a secret key is given where public ones belong: take the line \"public key\" beside it");
            }
            if (!word.isEmpty()) {
                keys.add(new Key(bytes(PUBLIC, word, "the public key \"%s\"".formatted(word)), new byte[0]));
            }
        }
        if (keys.isEmpty()) {
            throw new DamagedException("no public key is given to encrypt for: set AGE_RECIPIENTS");
        }
        return keys;
    }

    /// Secret keys as age-keygen writes them: one a line, and lines that begin with `#`.
    static List<Key> identities(String text) throws DamagedException, GeneralSecurityException {
        var keys = new ArrayList<Key>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                byte[] secret = bytes(SECRET, line, "the secret key in AGE_IDENTITY_FILE");
                keys.add(new Key(Curve.publicOf(secret), secret));
            }
        }
        if (keys.isEmpty()) {
            throw new DamagedException(
                    "the file of AGE_IDENTITY_FILE has no secret key: it begins with AGE-SECRET-KEY-1");
        }
        return keys;
    }

    private static byte[] bytes(String kind, String text, String what) throws DamagedException {
        try {
            byte[] bytes = Bech32.read(kind, text);
            if (bytes.length == Curve.SIZE) {
                return bytes;
            }
        } catch (DamagedException e) {
            throw new DamagedException(what + " is not one of age: " + e.getMessage());
        }
        throw new DamagedException(what + " is not one of age: it has another length");
    }

    String publicText() {
        return Bech32.write(PUBLIC, open);
    }

    String secretText() {
        return Bech32.write(SECRET, secret).toUpperCase(Locale.ROOT);
    }
}
