package dev.wheelhouse.parsing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// What a file is, by its bytes.
enum Format {
    TEXT("text/plain"),
    MARKDOWN("text/markdown"),
    HTML("text/html"),
    EMAIL("message/rfc822"),
    PDF("application/pdf"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    OPEN_DOCUMENT("application/vnd.oasis.opendocument"),
    EPUB("application/epub+zip"),
    /// A password-protected file of Office, or one of its old formats.
    OLD_OFFICE("application/x-ole-storage"),
    PICTURE("image/*"),
    XML("application/xml"),
    RTF("application/rtf"),
    ZIP("application/zip"),
    BINARY("application/octet-stream");

    private static final int START = 8 * 1024;

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /// @param start the first bytes, 64 KiB or all
    /// @param name tells Markdown from text and nothing else
    static Format of(byte[] start, String name, String declared) {
        String head = new String(start, 0, Math.min(start.length, START), StandardCharsets.ISO_8859_1);
        if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return zip(new String(start, StandardCharsets.ISO_8859_1), name);
        }
        int pdf = head.indexOf("%PDF-");
        if (pdf >= 0 && pdf < 1024) {
            return PDF;
        }
        if (head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            return OLD_OFFICE;
        }
        if (head.startsWith("{\\rtf")) {
            return RTF;
        }
        if (isPicture(head)) {
            return PICTURE;
        }
        return text(start, name, declared);
    }

    private static boolean isPicture(String head) {
        return head.startsWith("\u0089PNG")
                || head.startsWith("\u00FF\u00D8\u00FF")
                || head.startsWith("GIF8")
                || head.startsWith("II*\0")
                || head.startsWith("MM\0*")
                || head.startsWith("BM") && head.length() > 14 && head.charAt(6) == 0 && head.charAt(8) == 0
                || head.startsWith("RIFF") && head.startsWith("WEBP", 8);
    }

    private static Format zip(String bytes, String name) {
        if (bytes.contains("application/epub+zip") || bytes.contains("META-INF/container.xml")) {
            return EPUB;
        }
        if (bytes.contains("application/vnd.oasis.opendocument")) {
            return OPEN_DOCUMENT;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (bytes.contains("word/") || lower.endsWith(".docx")) {
            return DOCX;
        }
        if (bytes.contains("ppt/") || lower.endsWith(".pptx")) {
            return PPTX;
        }
        return bytes.contains("xl/") || lower.endsWith(".xlsx") ? XLSX : ZIP;
    }

    private static Format text(byte[] start, String name, String declared) {
        String text = Charsets.decode(start);
        long controls = text.chars()
                .filter(letter -> letter < ' '
                                && letter != '\n'
                                && letter != '\r'
                                && letter != '\t'
                                && letter != '\f'
                                && letter != 0x1B
                        || letter == 0xFFFD)
                .count();
        if (controls > text.length() / 50) {
            return BINARY;
        }
        String lower = text.substring(0, Math.min(text.length(), START)).strip().toLowerCase(Locale.ROOT);
        boolean hasTag = lower.contains("<html") || lower.contains("<!doctype html") || lower.contains("<body");
        if (hasTag || declared.contains("html") && lower.contains("<")) {
            return HTML;
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<!doctype")) {
            return XML;
        }
        if (isEmail(lower)) {
            return EMAIL;
        }
        boolean isMarkdown = name.toLowerCase(Locale.ROOT).endsWith(".md") || declared.contains("markdown");
        return isMarkdown ? MARKDOWN : TEXT;
    }

    /// Three headings of letters before the first empty line.
    private static boolean isEmail(String lower) {
        var headers = lower.lines().takeWhile(line -> !line.isBlank()).toList();
        long known = headers.stream()
                .filter(line -> line.matches(
                        "(from|to|subject|date|message-id|received|return-path|mime-version|delivered-to):.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .distinct()
                .count();
        return known >= 3;
    }
}
