package dev.wheelhouse.parser;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a message as it was sent (RFC 5322, MIME): who wrote to whom about what, and its text; of what is
/// attached the names.
final class ReadEmail implements ParserChild.Reader {

    private static final int DEEPEST = 10;
    private static final Pattern WORD = Pattern.compile("=\\?([^?]+)\\?([bBqQ])\\?([^?]*)\\?=\\s*");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(boundary|charset|filename|name)=\"?([^\";\\r\\n]+)\"?");

    private record Part(Map<String, String> headers, String body) {

        static Part of(String message) {
            int end = message.indexOf("\n\n");
            String head = end < 0 ? message : message.substring(0, end);
            var headers = new LinkedHashMap<String, String>();
            for (String line : head.replaceAll("\n[ \t]+", " ").split("\n")) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.putIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            return new Part(headers, end < 0 ? "" : message.substring(end + 2));
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String parameter(String header, String name) {
            Matcher parameter = PARAMETER.matcher(header(header));
            while (parameter.find()) {
                if (parameter.group(1).equalsIgnoreCase(name)) {
                    return parameter.group(2).strip();
                }
            }
            return "";
        }
    }

    @Override
    public void read(byte[] file, PageWriter pages) throws IOException, RefusedException {
        String message = new String(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        var whole = Part.of(message);
        String subject = decoded(whole.header("subject"));
        pages.title(subject);
        var text = new StringBuilder();
        text.append("# ").append(subject).append("\n\n");
        for (String name : new String[] {"from", "to", "cc", "date"}) {
            if (!whole.header(name).isEmpty()) {
                text.append(name.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(name.substring(1))
                        .append(": ")
                        .append(decoded(whole.header(name)))
                        .append('\n');
            }
        }
        add(whole, text.append('\n'), 0);
        pages.page(text.toString());
    }

    private static void add(Part part, StringBuilder text, int depth) throws RefusedException {
        if (depth > DEEPEST) {
            throw new RefusedException("damaged", "Its parts are nested too deeply");
        }
        String type = part.header("content-type").toLowerCase(Locale.ROOT);
        String boundary = part.parameter("content-type", "boundary");
        if (type.startsWith("multipart/") && !boundary.isEmpty()) {
            addParts(part, boundary, type.startsWith("multipart/alternative"), text, depth);
        } else if (part.header("content-disposition").toLowerCase(Locale.ROOT).startsWith("attachment")
                || !type.isEmpty() && !type.startsWith("text/")) {
            String name = part.parameter("content-disposition", "filename");
            text.append("Attached: ")
                    .append(decoded(name.isEmpty() ? part.parameter("content-type", "name") : name))
                    .append("\n\n");
        } else {
            String said = body(part);
            text.append(type.startsWith("text/html") ? ReadBook.text(said) : said)
                    .append("\n\n");
        }
    }

    /// Of alternatives the last text counts: it is the richest.
    private static void addParts(Part part, String boundary, boolean isChoice, StringBuilder text, int depth)
            throws RefusedException {
        String[] parts = ("\n" + part.body()).split(Pattern.quote("\n--" + boundary));
        Part chosen = null;
        for (int at = 1; at < parts.length && !parts[at].startsWith("--"); at++) {
            var inner = Part.of(parts[at].substring(Math.max(0, parts[at].indexOf('\n') + 1)));
            if (!isChoice) {
                add(inner, text, depth + 1);
            } else if (chosen == null
                    || inner.header("content-type").toLowerCase(Locale.ROOT).startsWith("text/")) {
                chosen = inner;
            }
        }
        if (chosen != null) {
            add(chosen, text, depth + 1);
        }
    }

    private static String body(Part part) {
        byte[] bytes =
                switch (part.header("content-transfer-encoding").toLowerCase(Locale.ROOT)) {
                    case "base64" -> Base64.getMimeDecoder().decode(part.body().replaceAll("[^A-Za-z0-9+/=]", ""));
                    case "quoted-printable" -> quoted(part.body().replaceAll("[ \t]*=\n", ""));
                    default -> part.body().getBytes(StandardCharsets.ISO_8859_1);
                };
        return new String(bytes, charset(part.parameter("content-type", "charset")));
    }

    private static byte[] quoted(String text) {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            boolean isCode = letter == '='
                    && at + 2 < text.length()
                    && Character.digit(text.charAt(at + 1), 16) >= 0
                    && Character.digit(text.charAt(at + 2), 16) >= 0;
            if (isCode) {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.write(letter);
            }
        }
        return bytes.toByteArray();
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    private static String decoded(String header) {
        return WORD.matcher(header).replaceAll(word -> {
            byte[] bytes = word.group(2).equalsIgnoreCase("b")
                    ? Base64.getMimeDecoder().decode(word.group(3))
                    : quoted(word.group(3).replace('_', ' '));
            return Matcher.quoteReplacement(new String(bytes, charset(word.group(1))));
        });
    }
}
