package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Text;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.jsoup.Jsoup;

/// Reads a body as text, at most so many bytes of it, and says where it was cut.
record ReadPage(int most) {

    private static final int LONGEST_TEXT = 24_000;

    ObjectNode read(ObjectNode json, HttpEntity entity) throws IOException {
        var type = ContentType.parseLenient(entity.getContentType());
        String mime = type == null ? "text/plain" : type.getMimeType().toLowerCase(Locale.ROOT);
        json.put("type", mime);
        if (!mime.startsWith("text/") && !mime.contains("json") && !mime.contains("xml")) {
            return json.put("text", "").put("left_out", "Not text");
        }
        byte[] bytes = entity.getContent().readNBytes(most);
        Charset charset = type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
        String content = new String(bytes, charset);
        String text = mime.contains("html") ? readable(json, content) : content;
        json.put("text", Text.shorten(text, LONGEST_TEXT));
        if (text.length() > LONGEST_TEXT) {
            json.put("cut_at_characters", LONGEST_TEXT);
        }
        return bytes.length == most ? json.put("cut_at_bytes", bytes.length) : json;
    }

    /// The page's title goes beside its text; of its blank lines one is left where there were many.
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
