package dev.wheelhouse.pages;

import dev.wheelhouse.base.Text;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// Reads what a server answered, as a browser would show it.
public final class Pages {

    private static final int LONGEST_TITLE = 300;

    private Pages() {}

    /// @param type the Content-Type header, empty without one
    /// @param url where the page came from; its links are completed by it
    /// @param scrub takes out of the text what nobody may see; called before anything is rearranged, and after it
    public static Page read(byte[] body, String type, String url, UnaryOperator<String> scrub) {
        String media = Contents.media(type);
        String kind = Contents.notText(media, type, body);
        if (kind != null) {
            return new Page(
                    media.isEmpty() ? "application/octet-stream" : media,
                    null,
                    "",
                    "Not text: this is %s, and only text can be read here".formatted(kind));
        }
        String known = media.isEmpty() ? Contents.guess(body) : media;
        boolean isHtml = known.contains("html");
        String text = scrub.apply(decoded(body, type, known));
        return isHtml ? html(known, text, url, scrub) : new Page(known, null, text, null);
    }

    private static String decoded(byte[] body, String type, String media) {
        var charset = Charsets.of(body, type, media);
        String text = new String(body, charset);
        // A body that was cut off ends in the middle of a letter.
        int end = text.endsWith("\uFFFD") && charset == StandardCharsets.UTF_8 ? text.length() - 1 : text.length();
        return text.startsWith("\uFEFF") ? text.substring(1, Math.max(1, end)) : text.substring(0, end);
    }

    private static Page html(String media, String html, String url, UnaryOperator<String> scrub) {
        var document = Jsoup.parse(FlattenTags.of(html), url);
        String title = title(document);
        String text = WriteMarkdown.of(document);
        return new Page(
                media,
                title.isBlank() ? null : Text.shorten(scrub.apply(title), LONGEST_TITLE),
                scrub.apply(text),
                null);
    }

    private static String title(Element document) {
        var title = document.selectFirst("head > title, body > title");
        return title == null ? "" : title.text().strip();
    }
}
