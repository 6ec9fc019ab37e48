package dev.wheelhouse.tenants;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/// The form of keys and cookies: `wh_<tenant>_<secret>`. The tenant stands in front so that the hash can be looked up
/// among the tenant's own rows; whoever writes another tenant there finds no hash that fits.
record Secrets(TenantId tenant, String text) {

    private static final Pattern FORM = Pattern.compile("wh_([a-z][a-z0-9-]{0,30})_([A-Za-z0-9]{32,128})");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    /// 40 letters and digits: 238 bits.
    static Secrets fresh(TenantId tenant) {
        var secret = new StringBuilder("wh_").append(tenant).append('_');
        RANDOM.ints(40, 0, LETTERS.length()).forEach(at -> secret.append(LETTERS.charAt(at)));
        return new Secrets(tenant, secret.toString());
    }

    /// Refuses with `unauthenticated` what does not have the form.
    static Secrets read(String text) {
        var form = FORM.matcher(text);
        if (text.length() > 200 || !form.matches()) {
            throw unknown();
        }
        return new Secrets(new TenantId(form.group(1)), text);
    }

    /// The same answer for everything that does not open the door.
    static Problem unknown() {
        return new Problem(ErrorCode.UNAUTHENTICATED, "The key is unknown, expired or revoked", "Ask for a new key");
    }

    /// What is stored. The secret has full entropy, so one round of SHA-256 is enough.
    byte[] hash() {
        return Hash.bytes(text);
    }

    /// What people recognise a key by.
    String prefix() {
        return text.substring(0, text.lastIndexOf('_') + 5);
    }

    @Override
    public String toString() {
        return "[REDACTED]";
    }
}
