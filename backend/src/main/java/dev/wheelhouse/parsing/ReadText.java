package dev.wheelhouse.parsing;

import dev.wheelhouse.pages.Pages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads what is text already: plain text, Markdown, HTML.
final class ReadText {

    /// Characters of a page of a long text, about: places in it are then found again by a person.
    private static final int PAGE = 20_000;

    private static final int HEAD = 64 * 1024;
    private static final Pattern CHARSET =
            Pattern.compile("(?i)<meta[^>]{0,200}charset\\s*=\\s*[\"']?([a-z0-9_-]{2,40})");

    // Nobody looks for the addresses behind links.
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\n]*)]\\([^)\\s]*\\)");

    private ReadText() {}

    static Parsed plain(byte[] bytes, String mediaType) {
        String text = Charsets.decode(bytes).replace("\r\n", "\n").replace('\r', '\n');
        String clean = text.indexOf('\f') >= 0 ? text : stripped(text);
        return new Parsed(mediaType, title(clean), split(clean), List.of());
    }

    static Parsed html(byte[] bytes, String declared) throws UnreadableException {
        String type = declared.contains("html") ? declared : "text/html" + charset(bytes);
        var page = Pages.read(bytes, type, "", UnaryOperator.identity());
        if (page.leftOut() != null) {
            throw new UnreadableException(Reason.UNSUPPORTED_TYPE, page.leftOut());
        }
        return new Parsed(
                "text/html",
                page.title() == null ? "" : page.title(),
                split(LINK.matcher(page.text()).replaceAll("$1")),
                List.of());
    }

    /// What the page says of itself, wherever in its beginning it says so.
    private static String charset(byte[] bytes) {
        var start = new String(bytes, 0, Math.min(bytes.length, HEAD), java.nio.charset.StandardCharsets.ISO_8859_1);
        var named = CHARSET.matcher(start);
        return named.find() ? "; charset=" + named.group(1) : "";
    }

    private static String stripped(String text) {
        return text.replace("\u00AD", "").replace("\u0000", "");
    }

    /// The first heading, where the text begins with one.
    private static String title(String text) {
        String first = text.strip().lines().findFirst().orElse("");
        return first.startsWith("# ") ? first.substring(2).strip() : "";
    }

    /// At form feeds, and where paragraphs end.
    static List<String> split(String text) {
        var pages = new ArrayList<String>();
        for (String page : Arrays.asList(text.split("\f"))) {
            int from = 0;
            while (page.length() - from > PAGE * 3 / 2) {
                int end = page.lastIndexOf("\n\n", from + PAGE);
                int cut = end > from + PAGE / 2 ? end : page.lastIndexOf('\n', from + PAGE);
                int safe = cut > from + PAGE / 2 ? cut : word(page, from + PAGE);
                pages.add(page.substring(from, safe));
                from = safe;
            }
            pages.add(page.substring(from));
        }
        return pages;
    }

    private static int word(String text, int at) {
        int space = text.lastIndexOf(' ', at);
        int cut = space > at - 1_000 ? space : at;
        return Character.isLowSurrogate(text.charAt(cut)) ? cut - 1 : cut;
    }
}
