package dev.wheelhouse.pages;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells text from everything else: by what the server says, and by the first bytes where it says nothing or is wrong.
final class Contents {

    private record Mark(int[] bytes, String kind) {
        boolean begins(byte[] body) {
            for (int at = 0; at < bytes.length; at++) {
                if (at >= body.length || (body[at] & 0xFF) != bytes[at]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Mark mark(String kind, int... bytes) {
        return new Mark(bytes, kind);
    }

    private static final List<Mark> MARKS = List.of(
            mark("a PDF document", '%', 'P', 'D', 'F', '-'),
            mark("an archive or an office document", 'P', 'K', 3, 4),
            mark("an archive", 0x1F, 0x8B),
            mark("an archive", '7', 'z', 0xBC, 0xAF),
            mark("an archive", 'R', 'a', 'r', '!', 0x1A),
            mark("an image", 0x89, 'P', 'N', 'G'),
            mark("an image", 'G', 'I', 'F', '8'),
            mark("an image", 0xFF, 0xD8, 0xFF),
            mark("a program", 0x7F, 'E', 'L', 'F'));

    private static final Pattern TEXTS =
            Pattern.compile("text/.*|[^/]*/(.*[+.-])?(json|ndjson|jsonl|json5|xml|javascript|ecmascript"
                    + "|yaml|toml|sh|sql|csv|graphql|x-www-form-urlencoded|markdown|rtf)");

    private static final int LOOKED_AT = 1_445;

    private Contents() {}

    /// The media type of a Content-Type header in lower case, empty where it has none.
    static String media(String type) {
        String media = type.split("[;,]", 2)[0].strip().toLowerCase(Locale.ROOT);
        return media.indexOf('/') > 0 ? media : "";
    }

    /// What it is instead, or null where it is text.
    static @Nullable String notText(String media, String type, byte[] body) {
        for (var mark : MARKS) {
            if (mark.begins(body)) {
                return mark.kind;
            }
        }
        if (TEXTS.matcher(media).matches()) {
            return isBinary(body) && !type.toLowerCase(Locale.ROOT).contains("utf-16") ? "binary data" : null;
        }
        return switch (media.split("/")[0]) {
            case "image" -> "an image";
            case "audio" -> "a sound";
            case "video" -> "a video";
            case "font" -> "a font";
            case "multipart" -> "a message of several parts";
            default -> application(media, body);
        };
    }

    private static @Nullable String application(String media, byte[] body) {
        if (media.equals("application/pdf")) {
            return "a PDF document";
        }
        if (media.contains("officedocument")
                || media.contains("opendocument")
                || media.contains("ms-")
                || media.equals("application/msword")) {
            return "an office document";
        }
        if (media.contains("zip") || media.contains("tar") || media.contains("compress")) {
            return "an archive";
        }
        // Many a server says this of every file that it does not know.
        return isBinary(body) ? "binary data" : null;
    }

    /// By the bytes that no text has; a mark of UTF-16 at the beginning explains zeros.
    private static boolean isBinary(byte[] body) {
        if (Charsets.mark(body) != null) {
            return false;
        }
        for (int at = 0; at < Math.min(body.length, LOOKED_AT); at++) {
            int one = body[at];
            boolean isControl = one >= 0 && one < 0x20 && one != '\t' && one != '\n' && one != '\f' && one != '\r';
            if (isControl && one != 0x1B) {
                return true;
            }
        }
        return false;
    }

    /// What text is that nobody named: a page, where it begins as pages do.
    static String guess(byte[] body) {
        String begins = new String(body, 0, Math.min(body.length, LOOKED_AT), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^(\u00EF\u00BB\u00BF)?\\s*(<!--.*?-->\\s*)*", "");
        boolean isPage = List.of(
                        "<!doctype html",
                        "<html",
                        "<head",
                        "<body",
                        "<title",
                        "<script",
                        "<h1",
                        "<div",
                        "<p>",
                        "<table",
                        "<br",
                        "<a ",
                        "<style",
                        "<font",
                        "<iframe",
                        "<b>")
                .stream()
                .anyMatch(begins::startsWith);
        return isPage ? "text/html" : begins.startsWith("<?xml") ? "text/xml" : "text/plain";
    }
}
