package dev.wheelhouse.passages;

import java.util.ArrayList;
import java.util.List;

/// The front door: pages in, passages out.
public final class Passages {

    /// A passage is closed when it would grow beyond this.
    static final int USUAL_PIECES = 175;

    /// No passage has more.
    public static final int MOST_PIECES = 230;

    /// A sentence up to this length is said again at the beginning of the next passage of its section.
    private static final int OVERLAP_PIECES = 45;

    private Passages() {}

    /// Cuts pages, the first of which is number 1.
    public static List<Cut> cut(List<String> pages, Language language) {
        var cuts = new ArrayList<Cut>();
        var sections = new Headings();
        for (int page = 1; page <= pages.size(); page++) {
            cut(page, pages.get(page - 1), sections, language, cuts);
        }
        return List.copyOf(cuts);
    }

    private static void cut(int page, String text, Headings sections, Language language, List<Cut> cuts) {
        var open = new ArrayList<Span>();
        for (var block : Block.of(text)) {
            if (block.isHeading()) {
                close(page, text, sections, open, cuts);
                sections.enter(block.level(), block.heading(text));
            }
            for (var span : block.spans(text, language)) {
                if (!open.isEmpty() && pieces(open) + span.pieces() > USUAL_PIECES) {
                    var last = open.getLast();
                    close(page, text, sections, open, cuts);
                    boolean fits = last.pieces() <= OVERLAP_PIECES && last.pieces() + span.pieces() <= USUAL_PIECES;
                    if (fits && !block.isHeading()) {
                        open.add(last);
                    }
                }
                open.add(span);
            }
        }
        close(page, text, sections, open, cuts);
    }

    private static int pieces(List<Span> spans) {
        return spans.stream().mapToInt(Span::pieces).sum();
    }

    private static void close(int page, String text, Headings sections, List<Span> open, List<Cut> cuts) {
        if (!open.isEmpty()) {
            int from = open.getFirst().from();
            int to = open.getLast().to();
            cuts.add(new Cut(page, from, to, sections.path(), text.substring(from, to), pieces(open)));
            open.clear();
        }
    }
}
