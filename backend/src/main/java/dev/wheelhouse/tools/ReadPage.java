package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.secrets.Scrubber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/// Reads a response body as text, up to a number of bytes, and reports where it was cut off.
record ReadPage(int most, Scrubber scrubber) {

    private static final int LONGEST_TEXT = 24_000;
    private static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);

    ObjectNode read(Sending.Head head, InputStream body) throws IOException {
        var json = Json.mapper()
                .createObjectNode()
                .put("url", head.url().toString())
                .put("status", head.status());
        String mime = head.type().split(";")[0].strip().toLowerCase(Locale.ROOT);
        json.put("type", mime.isEmpty() ? "text/plain" : mime);
        if (!mime.isEmpty() && !mime.startsWith("text/") && !mime.contains("json") && !mime.contains("xml")) {
            return json.put("text", "").put("left_out", "Not text");
        }
        byte[] bytes = body.readAllBytes();
        String content = scrubbed(new String(bytes, charset(head.type())), bytes.length == most);
        String text = mime.contains("html") ? readable(json, content) : content;
        json.put("text", Text.shorten(text, LONGEST_TEXT));
        if (text.length() > LONGEST_TEXT) {
            json.put("cut_at_characters", LONGEST_TEXT);
        }
        return bytes.length == most ? json.put("cut_at_bytes", bytes.length) : json;
    }

    /// Before anything is cut off or rearranged, which could leave part of a secret behind.
    private String scrubbed(String content, boolean isCut) {
        return isCut ? scrubber.scrubCut(content) : scrubber.scrub(content);
    }

    private static Charset charset(String type) {
        var named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /// Text and title of the page, with runs of blank lines reduced to one.
    private static String readable(ObjectNode json, String html) {
        var page = Jsoup.parse(html);
        if (!page.title().isBlank()) {
            json.put("title", Text.shorten(page.title(), 300));
        }
        var text = new StringBuilder();
        page.body().wholeText().lines().map(String::strip).forEach(line -> {
            if (!line.isEmpty() || !endsBlank(text)) {
                text.append(line).append('\n');
            }
        });
        return text.toString().strip();
    }

    private static boolean endsBlank(StringBuilder text) {
        int end = text.length();
        return end < 2 || text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\n';
    }
}
