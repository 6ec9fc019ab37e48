package dev.wheelhouse.passages;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A stretch of a page that belongs together: a heading, a paragraph, a row of a table, a piece of code.
///
/// @param level of a heading, 1 to 6; 0 for what is none
/// @param whole whether it is kept together as long as it fits: rows and code
record Block(int from, int to, int level, boolean whole) {

    private static final Pattern LINE = Pattern.compile("[^\\n]*\\n|[^\\n]+\\z");
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(\\S.*?)\\s*#*\\s*");

    boolean isHeading() {
        return level > 0;
    }

    String heading(String text) {
        var heading = HEADING.matcher(text.substring(from, to).strip());
        return heading.matches() ? heading.group(2) : text.substring(from, to).strip();
    }

    static List<Block> of(String text) {
        var blocks = new ArrayList<Block>();
        int begun = -1;
        boolean inCode = false;
        var line = LINE.matcher(text);
        while (line.find()) {
            String said = line.group().strip();
            boolean isFence = said.startsWith("```");
            var heading = inCode ? null : HEADING.matcher(said);
            boolean isHeading = heading != null && heading.matches();
            boolean isRow = !inCode && said.startsWith("|");
            if (isFence || isHeading || isRow || said.isEmpty() && !inCode) {
                add(blocks, text, begun, isFence && inCode ? line.end() : line.start(), 0, inCode);
                begun = isFence && !inCode ? line.start() : -1;
                inCode = isFence != inCode;
            } else if (begun < 0) {
                begun = line.start();
            }
            if (isHeading || isRow) {
                add(
                        blocks,
                        text,
                        line.start(),
                        line.end(),
                        isHeading ? heading.group(1).length() : 0,
                        true);
            }
        }
        add(blocks, text, begun, text.length(), 0, inCode);
        return blocks;
    }

    private static void add(List<Block> blocks, String text, int from, int to, int level, boolean whole) {
        if (from >= 0 && !text.substring(from, to).isBlank()) {
            blocks.add(new Block(from, to, level, whole));
        }
    }

    /// Its sentences, or itself; what is longer than a passage may be is cut between words, or at worst
    /// inside them.
    List<Span> spans(String text, Language language) {
        var spans = new ArrayList<Span>();
        if (whole) {
            addFitting(spans, text, from, to);
            return spans;
        }
        var sentences = BreakIterator.getSentenceInstance(language.locale());
        sentences.setText(text.substring(from, to));
        int begin = sentences.first();
        for (int end = sentences.next(); end != BreakIterator.DONE; begin = end, end = sentences.next()) {
            addFitting(spans, text, from + begin, from + end);
        }
        return spans;
    }

    private static void addFitting(List<Span> spans, String text, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && Character.isWhitespace(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        while (begin < end) {
            var span = Span.of(text, begin, end);
            int cut = Pieces.fitting(text, begin, end, Passages.USUAL_PIECES);
            spans.add(cut == end ? span : Span.of(text, begin, cut));
            begin = cut;
            while (begin < end && Character.isWhitespace(text.charAt(begin))) {
                begin++;
            }
        }
    }
}
