package dev.wheelhouse.triggers;

import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how a webhook is verified.
final class HookReader {

    static final Set<String> KEYS = Set.of(
            "verify",
            "open",
            "secret",
            "secrets",
            "tolerance",
            "header",
            "encoding",
            "prefix",
            "signed",
            "timestampHeader",
            "idHeader");
    private static final Set<String> OF_HMAC =
            Set.of("header", "encoding", "prefix", "signed", "timestampHeader", "idHeader");
    private static final Pattern SECRET = Pattern.compile("secret://([a-z][a-z0-9-]{0,62})");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final int MOST_SECRETS = 4;

    private HookReader() {}

    static Hook read(Fields fields) {
        var verify = verify(fields);
        var secrets = secrets(fields, verify);
        if (verify != Hook.Verify.HMAC) {
            fields.keys().stream()
                    .filter(key -> OF_HMAC.contains(key) && !(verify == Hook.Verify.OPEN && key.equals("idHeader")))
                    .forEach(key -> fields.mistake(
                            key,
                            "\"%s\" is only for `verify: hmac`".formatted(key),
                            "Leave it out: %s says where its signature stands".formatted(verify.word())));
        }
        var tolerance = fields.time("tolerance", Duration.ofMinutes(5), Duration.ofHours(24));
        return new Hook(verify, secrets, tolerance, signature(fields, verify));
    }

    private static Hook.Verify verify(Fields fields) {
        boolean isOpen = fields.flag("open");
        if (isOpen == fields.has("verify")) {
            fields.mistake(
                    isOpen ? "open" : "",
                    isOpen ? "It cannot be both open and verified" : "Nothing says how the sender is verified",
                    "Write `verify: standard`, `github` or `hmac`, or `open: true` to take everything from everybody");
        }
        return isOpen
                ? Hook.Verify.OPEN
                : Hook.Verify.valueOf(fields.choice("verify", "standard", List.of("standard", "github", "hmac"))
                        .toUpperCase(Locale.ROOT));
    }

    private static List<String> secrets(Fields fields, Hook.Verify verify) {
        var written = new ArrayList<String>();
        if (fields.has("secret")) {
            written.add(fields.required("secret", 100));
        }
        if (fields.has("secrets")) {
            written.addAll(fields.texts("secrets", MOST_SECRETS));
        }
        String key = fields.has("secrets") ? "secrets" : "secret";
        if (written.isEmpty() == (verify != Hook.Verify.OPEN)) {
            fields.mistake(
                    fields.has(key) ? key : "",
                    verify == Hook.Verify.OPEN ? "An open webhook has no secret" : "The secret is missing",
                    verify == Hook.Verify.OPEN ? "Leave it out, or write `verify:`" : "Write `secret: secret://name`");
        }
        var names = new ArrayList<String>();
        for (String text : written) {
            var form = SECRET.matcher(text);
            if (form.matches()) {
                names.add(form.group(1));
            } else if (!text.isBlank()) {
                fields.mistake(
                        key,
                        "This is not the name of a secret",
                        "Write secret://name, and set its value on its own: it does not belong into a definition");
            }
        }
        return List.copyOf(names);
    }

    private static Hook.Signature signature(Fields fields, Hook.Verify verify) {
        return switch (verify) {
            case STANDARD -> Hook.Signature.STANDARD;
            case GITHUB -> Hook.Signature.GITHUB;
            case OPEN -> {
                String id = header(fields, "idHeader", false);
                var none = Hook.Signature.NONE;
                yield id == null ? none : new Hook.Signature("", none.encoding(), "", none.signed(), null, id);
            }
            case HMAC -> {
                String header = header(fields, "header", true);
                yield new Hook.Signature(
                        header == null ? "" : header,
                        Hook.Encoding.valueOf(fields.choice("encoding", "hex", List.of("hex", "base64"))
                                .toUpperCase(Locale.ROOT)),
                        fields.text("prefix", "", 40),
                        signed(fields),
                        header(fields, "timestampHeader", false),
                        header(fields, "idHeader", false));
            }
        };
    }

    private static String signed(Fields fields) {
        String signed = fields.text("signed", "{body}", 100);
        if (!signed.contains("{body}")) {
            fields.mistake("signed", "\"signed\" leaves the body out", "Write {body} into it: all of it is signed");
        }
        if (signed.contains("{timestamp}") != fields.has("timestampHeader")) {
            fields.mistake(
                    fields.has("signed") ? "signed" : "timestampHeader",
                    "The time is to be signed, and to be read from a header, both or neither",
                    "Write {timestamp} into `signed` and name the header as `timestampHeader`");
        }
        if (signed.contains("{id}") && !fields.has("idHeader")) {
            fields.mistake("signed", "{id} is in no header", "Name it as `idHeader`");
        }
        return signed;
    }

    private static @Nullable String header(Fields fields, String key, boolean isNeeded) {
        String name = isNeeded || fields.has(key) ? fields.required(key, 64) : "";
        if (!name.isBlank() && !HEADER.matcher(name).matches()) {
            fields.mistake(
                    key, "\"%s\" is no name of a header".formatted(Text.shorten(name, 60)), "Write it as X-Signature");
        }
        return name.isBlank() ? null : name.toLowerCase(Locale.ROOT);
    }
}
