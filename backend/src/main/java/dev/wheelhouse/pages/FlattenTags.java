package dev.wheelhouse.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Takes out of a page what would make a parser slow and changes nothing that is read: tags that are nested deeper than
/// anybody would see, tags of mere looks, and attributes in hundreds. One pass over the text.
final class FlattenTags {

    private static final int DEEPEST = 80;
    private static final int LONGEST_TAG = 4_096;
    private static final int MOST_OPEN_MARKS = 24;
    private static final int MOST_TAGS = 50_000;
    private static final int MOST_STRAYS = 100;

    /// Between them nothing is shown where it stands: a parser moves it to before the table, one by one.
    private static final Set<String> ROWS = Set.of("table", "tbody", "thead", "tfoot", "tr", "colgroup");

    private static final Set<String> CELLS = Set.of("td", "th", "caption");

    /// They say how something looks, and a parser opens them anew in every block until they are closed.
    private static final Set<String> LOOKS = Set.of(
            "b", "i", "em", "strong", "font", "big", "small", "tt", "u", "nobr", "strike", "center", "span", "bdi",
            "bdo");

    private static final Set<String> MARKS = Set.of("a", "code", "s", "del", "ins");

    /// Tags that a parser closes by itself; what they are in counts.
    private static final Set<String> CLOSED_BY_OTHERS = Set.of(
            "p",
            "li",
            "dt",
            "dd",
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "tfoot",
            "option",
            "optgroup",
            "rp",
            "rt",
            "html",
            "head",
            "body",
            "caption",
            "colgroup");

    private static final Set<String> EMPTY = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
            "frame", "param");

    /// Everything up to their end tag is no tag.
    private static final Set<String> RAW = Set.of("script", "style", "textarea", "title", "xmp", "noembed", "noframes");

    private static final Set<String> UNSEEN = Set.of("script", "style", "noembed", "noframes");

    /// @param isCopied whether the parser sees it
    private record Open(String name, boolean isCopied) {}

    private final String html;
    private final StringBuilder out;
    private final List<Open> open = new ArrayList<>();
    private final Map<String, Integer> tooDeep = new HashMap<>();
    private int copied;
    private int openMarks;
    private int tags;
    private int strays;
    private boolean isBetweenCells;
    private int at;

    private FlattenTags(String html) {
        this.html = html;
        out = new StringBuilder(html.length());
    }

    static String of(String html) {
        var flatten = new FlattenTags(html);
        flatten.run();
        return flatten.out.toString();
    }

    private void run() {
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            if (tag < 0 || tag + 1 >= html.length()) {
                text(html.length());
                return;
            }
            text(tag);
            char next = html.charAt(tag + 1);
            if (html.startsWith("<!--", tag)) {
                skipTo("-->", tag + 4);
            } else if (next == '!' || next == '?') {
                skipTo(">", tag + 2);
            } else if (isLetter(next)) {
                startTag();
            } else if (next == '/' && tag + 2 < html.length() && isLetter(html.charAt(tag + 2))) {
                endTag();
            } else {
                stray();
                out.append("&lt;");
                at = tag + 1;
            }
        }
    }

    private void text(int end) {
        if (isBetweenCells && !html.substring(at, end).isBlank()) {
            stray();
        }
        out.append(html, at, end);
        at = end;
    }

    /// What is too much to be moved gets a cell of its own.
    private void stray() {
        if (isBetweenCells && ++strays > MOST_STRAYS) {
            out.append("<tr><td>");
            isBetweenCells = false;
        }
    }

    private void skipTo(String end, int from) {
        int found = html.indexOf(end, from);
        at = found < 0 ? html.length() : found + end.length();
    }

    private static boolean isLetter(char one) {
        return one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
    }

    private String name(int from) {
        int end = from;
        while (end < html.length() && end < from + 40 && " \t\r\n\f/>".indexOf(html.charAt(end)) < 0) {
            end++;
        }
        return html.substring(from, end).toLowerCase(Locale.ROOT);
    }

    /// Just after the tag: a `>` in quotes does not end it.
    private int end(int from) {
        char quote = 0;
        char before = 0;
        for (int end = from; end < html.length(); end++) {
            char one = html.charAt(end);
            if (quote != 0) {
                quote = one == quote ? 0 : quote;
            } else if (one == '>') {
                return end + 1;
            } else if ((one == '"' || one == '\'') && before == '=') {
                quote = one;
            }
            before = " \t\r\n\f".indexOf(one) >= 0 ? before : one;
        }
        return html.length();
    }

    private void startTag() {
        String name = name(at + 1);
        int from = at;
        at = end(from + 1 + name.length());
        if (RAW.contains(name)) {
            raw(name, from);
        } else if (++tags > MOST_TAGS) {
            out.append(' ');
        } else {
            start(name, from);
        }
    }

    private void start(String name, int from) {
        boolean isMark = MARKS.contains(name);
        boolean isLook = LOOKS.contains(name);
        boolean isFree = copied < DEEPEST && CLOSED_BY_OTHERS.contains(name);
        if (isFree || EMPTY.contains(name)) {
            copy(name, from);
        } else if (isLook && !hides(from)) {
            push(name, false);
        } else if (CLOSED_BY_OTHERS.contains(name)) {
            apart(false);
        } else if (copied >= DEEPEST || isMark && openMarks >= MOST_OPEN_MARKS) {
            tooDeep.merge(name, 1, Integer::sum);
            apart(isMark || isLook);
        } else {
            push(name, true);
            openMarks += isMark ? 1 : 0;
            // Parsers open a span in no other element again, as they do with a <b>.
            copy(isLook ? "span" : name, isLook ? from + 1 + name.length() : from);
        }
    }

    private void push(String name, boolean isCopied) {
        if (isCopied || open.size() - copied < DEEPEST) {
            open.add(new Open(name, isCopied));
            copied += isCopied ? 1 : 0;
        }
    }

    /// Of what only looks some way, that which is hidden or moved matters.
    private boolean hides(int from) {
        String tag = html.substring(from, Math.min(at, from + LONGEST_TAG)).toLowerCase(Locale.ROOT);
        return tag.contains("hidden") || tag.contains("display");
    }

    private void apart(boolean isOfLine) {
        if (!isOfLine) {
            stray();
            out.append(isBetweenCells ? " " : " <br>");
        }
    }

    private void copy(String name, int from) {
        if (ROWS.contains(name) || CELLS.contains(name)) {
            isBetweenCells = ROWS.contains(name);
        } else {
            stray();
        }
        boolean isWhole = html.startsWith("<", from);
        out.append(isWhole ? "" : "<" + name);
        if (at - from > LONGEST_TAG) {
            out.append(isWhole ? "<" + name : "").append('>');
        } else {
            out.append(html, from, at);
        }
    }

    private void raw(String name, int from) {
        int end = endOfRaw(name);
        if (!UNSEEN.contains(name)) {
            copy(name, from);
            out.append(html, at, end).append("</").append(name).append('>');
        }
        at = end >= html.length() ? end : end(end + 2 + name.length());
    }

    private int endOfRaw(String name) {
        int found = html.indexOf("</", at);
        while (found >= 0 && !html.regionMatches(true, found + 2, name, 0, name.length())) {
            found = html.indexOf("</", found + 2);
        }
        return found < 0 ? html.length() : found;
    }

    private void endTag() {
        String name = name(at + 2);
        int from = at;
        at = end(from + 2 + name.length());
        int place = place(name);
        if (tooDeep.getOrDefault(name, 0) > 0) {
            tooDeep.merge(name, -1, Integer::sum);
            apart(LOOKS.contains(name) || MARKS.contains(name));
        } else if (++tags > MOST_TAGS) {
            out.append(' ');
        } else if (place >= 0) {
            close(name, place);
        } else if (CLOSED_BY_OTHERS.contains(name)) {
            isBetweenCells = CELLS.contains(name) || isBetweenCells;
            out.append("</").append(name).append('>');
        } else if (name.equals("br")) {
            out.append("<br>");
        }
    }

    private int place(String name) {
        for (int place = open.size() - 1; place >= 0; place--) {
            if (open.get(place).name.equals(name)) {
                return place;
            }
        }
        return -1;
    }

    /// The end of a block ends what is open in it; that of a look or a mark ends nothing else.
    private void close(String name, int place) {
        boolean isLook = LOOKS.contains(name);
        if (open.get(place).isCopied) {
            out.append("</").append(isLook ? "span" : name).append('>');
            isBetweenCells &= !name.equals("table");
        }
        var closed = open.subList(place, isLook || MARKS.contains(name) ? place + 1 : open.size());
        copied -= (int) closed.stream().filter(Open::isCopied).count();
        openMarks -=
                (int) closed.stream().filter(one -> MARKS.contains(one.name)).count();
        closed.clear();
        tooDeep.clear();
    }
}
