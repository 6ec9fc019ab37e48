package dev.wheelhouse.pages;

import java.util.ArrayDeque;
import java.util.Deque;

/// Text as it flows on a page: spaces collapse, blocks begin on lines of their own, and what stands in a list or a
/// quotation has its prefix on every line.
final class Flow {

    private static final int DEEPEST_PREFIX = 8;

    private final StringBuilder out = new StringBuilder();
    /// Those of what is around.
    private final Deque<String> prefixes = new ArrayDeque<>();
    private String prefix = "";
    private int breaks;
    private boolean isSpaced;
    private boolean isAtMarker;

    /// Spaces of HTML become one; those at the ends of a line disappear.
    void text(String text) {
        for (int at = 0; at < text.length(); at++) {
            char one = text.charAt(at);
            if (one == ' ' || one == '\n' || one == '\t' || one == '\r' || one == '\f' || one == '\u00A0') {
                isSpaced = true;
            } else if (one != '\u00AD') {
                begin();
                out.append(one);
            }
        }
    }

    void space() {
        isSpaced = true;
    }

    /// As it is, but for what comes before it.
    void inline(String text) {
        if (!text.isEmpty()) {
            begin();
            out.append(text);
        }
    }

    private void begin() {
        if (breaks > 0 && !isAtMarker && !out.isEmpty()) {
            // A blank line in a quotation belongs to it; in a list it does not matter.
            for (int left = breaks; left > 1; left--) {
                out.append('\n').append(prefix.stripTrailing());
            }
            out.append('\n').append(prefix);
        } else if (out.isEmpty() && !isAtMarker) {
            out.append(prefix);
        } else if (isSpaced && !isAtMarker) {
            out.append(' ');
        }
        breaks = 0;
        isSpaced = false;
        isAtMarker = false;
    }

    /// What follows begins after so many line breaks, unless a marker has just been written.
    void block(int atLeast) {
        breaks = Math.max(breaks, atLeast);
        isSpaced = false;
    }

    void lineBreak() {
        breaks = Math.min(2, breaks + 1);
        isSpaced = false;
    }

    /// A list's bullet or number: what follows stands beside it, and further lines below that.
    void marker(String marker) {
        block(1);
        isAtMarker = false;
        inline(marker);
        isAtMarker = true;
        push(" ".repeat(marker.length()));
    }

    void push(String prefix) {
        prefixes.push(this.prefix);
        this.prefix += prefixes.size() <= DEEPEST_PREFIX ? prefix : "";
    }

    void pop() {
        prefix = prefixes.pop();
        isAtMarker = false;
    }

    /// Lines that stay as they are.
    void lines(String text) {
        text.lines().forEach(line -> {
            block(1);
            isAtMarker = false;
            if (line.isBlank()) {
                breaks = 0;
                out.append('\n').append(prefix.stripTrailing());
            } else {
                inline(line);
            }
        });
    }

    boolean endsSpaced() {
        return isSpaced || breaks > 0;
    }

    String end() {
        return out.toString().strip();
    }
}
