package dev.wheelhouse.signins;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The word that goes out with a person and comes back: 256 random bits, and whose rows they are looked for in.
final class State {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{1,200})");

    private State() {}

    static String of(TenantId tenant) {
        byte[] name = tenant.name().getBytes(StandardCharsets.UTF_8);
        return Consent.random() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    /// Null where it is none of ours.
    static @Nullable TenantId tenant(String state) {
        var parts = FORM.matcher(state);
        if (!parts.matches()) {
            return null;
        }
        try {
            return new TenantId(new String(Base64.getUrlDecoder().decode(parts.group(2)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | Problem e) {
            return null;
        }
    }

    static Problem unknown() {
        return new Problem(
                ErrorCode.NOT_FOUND,
                "Nobody waits for this sign-in: it was taken already, or is older than 15 minutes",
                "Begin it again on the page Tools");
    }
}
