package dev.wheelhouse.images;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/// A picture: PNG, JPEG, GIF or WebP of at most [#MOST_BYTES].
///
/// @param hash of the bytes, 64 hex digits; its name wherever a run mentions it
/// @param type such as `image/png`
public record Image(String hash, String type, byte[] bytes) {

    /// What the strictest of the large providers takes.
    public static final int MOST_BYTES = 5 << 20;

    private static final String HINT = "Send a PNG, JPEG, GIF or WebP as data:image/png;base64,…";

    /// Reads a `data:` URL as clients write it: any case, any parameters, either alphabet of Base64, with or without
    /// padding and line ends. Throws `bad_request` where it is none, or no picture.
    public static Image read(String url) {
        String start = url.substring(0, Math.min(url.length(), 200)).toLowerCase(Locale.ROOT);
        int comma = url.indexOf(',');
        if (start.startsWith("http:") || start.startsWith("https:")) {
            throw refused("The picture is the address \"%s\", and pictures are not fetched"
                    .formatted(Text.shorten(url, 100)));
        }
        if (!start.startsWith("data:") || comma < 0) {
            throw refused("The picture \"%s\" is no data: URL".formatted(Text.shorten(url, 60)));
        }
        if (!url.substring(0, comma)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT)
                .endsWith(";base64")) {
            throw refused("The picture's data: URL is not in Base64");
        }
        return of(bytes(url.substring(comma + 1)));
    }

    /// Bytes of a picture. Throws `bad_request` where they are none.
    public static Image of(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The picture has %,d bytes".formatted(bytes.length),
                    "Send at most %,d; models see no more than about 2,000 pixels a side".formatted(MOST_BYTES));
        }
        String type = type(bytes);
        if (type == null) {
            throw refused(
                    bytes.length == 0 ? "The picture is empty" : "The picture is neither PNG, JPEG, GIF nor WebP");
        }
        return new Image(HexFormat.of().formatHex(Hash.bytes(bytes)), type, bytes);
    }

    private static byte[] bytes(String base64) {
        try {
            String text = base64.indexOf('%') < 0
                    ? base64
                    : URLDecoder.decode(base64.replace("+", "%2B"), StandardCharsets.US_ASCII);
            return Base64.getDecoder().decode(plain(text));
        } catch (IllegalArgumentException e) {
            throw refused("The picture's Base64 cannot be read");
        }
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '-' || c == '_') {
                plain.append(c == '-' ? '+' : '/');
            } else if (c > ' ' && c != '=') {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static @org.jspecify.annotations.Nullable String type(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG\r\n")) {
            return "image/png";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return "image/gif";
        }
        return start.startsWith("RIFF") && start.endsWith("WEBP") ? "image/webp" : null;
    }

    private static Problem refused(String message) {
        return new Problem(ErrorCode.BAD_REQUEST, message, HINT);
    }
}
