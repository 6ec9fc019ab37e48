package dev.wheelhouse.triggers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A webhook that others send.
///
/// @param secrets their names; several while a sender changes from an old key to a new one
/// @param tolerance how far the time of a signed message may be from now, either way
/// @param signature where a plain signature stands; for the other ways as they have it
public record Hook(Verify verify, List<String> secrets, Duration tolerance, Signature signature) implements Source {

    /// How a message proves who sent it.
    public enum Verify {
        /// As standardwebhooks.com has it.
        STANDARD,
        GITHUB,
        HMAC,
        /// Not at all.
        OPEN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How the bytes of a signature are written.
    enum Encoding {
        HEX,
        BASE64;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A plain HMAC-SHA256.
    ///
    /// @param header which holds it, several with commas or spaces between them
    /// @param prefix before it, such as `sha256=`
    /// @param signed what is signed, with `{body}`, `{timestamp}` and `{id}` in it
    /// @param timestampHeader which holds the time in seconds, null without one
    /// @param idHeader which tells one delivery from another, null without one
    record Signature(
            String header,
            Encoding encoding,
            String prefix,
            String signed,
            @Nullable String timestampHeader,
            @Nullable String idHeader) {

        static final Signature STANDARD = new Signature(
                "webhook-signature",
                Encoding.BASE64,
                "v1,",
                "{id}.{timestamp}.{body}",
                "webhook-timestamp",
                "webhook-id");
        static final Signature GITHUB =
                new Signature("x-hub-signature-256", Encoding.HEX, "sha256=", "{body}", null, "x-github-delivery");
        static final Signature NONE = new Signature("", Encoding.HEX, "", "{body}", null, "webhook-id");
    }
}
