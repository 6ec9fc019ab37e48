package dev.wheelhouse.frames;

import java.util.List;

/// Tells thoughts in tags at the beginning of an answer from the answer: `<think>…</think>` and its kin, cut anywhere.
///
/// Some templates open the tag in the prompt, so that an answer has only the end of it: what was told before is then
/// taken back.
final class SplitThoughts {

    private record Tags(String open, String close) {}

    private static final List<Tags> KNOWN = List.of(
            new Tags("<think>", "</think>"),
            new Tags("<thinking>", "</thinking>"),
            new Tags("<thought>", "</thought>"),
            new Tags("<reasoning>", "</reasoning>"),
            new Tags("<THINK>", "</THINK>"),
            new Tags("[THINK]", "[/THINK]"),
            new Tags("<seed:think>", "</seed:think>"),
            new Tags("◁think▷", "◁/think▷"));
    private static final String STRAY = "</think>";

    /// Where pieces go.
    interface Into {
        void text(String text);

        void thought(String thought);

        /// All text so far was thoughts; false where that cannot be.
        boolean takeBack();
    }

    private final Into into;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder inTag = new StringBuilder();
    private boolean looksForStray;
    private String close = "";
    private boolean isText;
    private boolean trims;

    /// @param looksForStray whether an end without a beginning counts
    SplitThoughts(Into into, boolean looksForStray) {
        this.into = into;
        this.looksForStray = looksForStray;
    }

    void add(String piece) {
        held.append(piece);
        if (!isText && close.isEmpty()) {
            begin();
        }
        if (!close.isEmpty()) {
            think();
        }
        if (isText) {
            tell();
        }
    }

    private void begin() {
        String start = held.toString().stripLeading();
        for (Tags tags : KNOWN) {
            if (start.startsWith(tags.open())) {
                held.setLength(0);
                held.append(start, tags.open().length(), start.length());
                close = tags.close();
                return;
            }
        }
        isText = KNOWN.stream().noneMatch(tags -> tags.open().startsWith(start));
    }

    private void think() {
        int end = held.indexOf(close);
        if (end < 0) {
            int keep = overlap(close);
            inTag.append(held, 0, held.length() - keep);
            into.thought(held.substring(0, held.length() - keep));
            held.delete(0, held.length() - keep);
            return;
        }
        into.thought(held.substring(0, end));
        held.delete(0, end + close.length());
        close = "";
        isText = true;
        trims = true;
    }

    private void tell() {
        if (looksForStray) {
            int stray = held.indexOf(STRAY);
            if (stray >= 0) {
                into.text(held.substring(0, stray));
                looksForStray = false;
                trims = into.takeBack();
                held.delete(0, trims ? stray + STRAY.length() : stray);
            }
        }
        if (trims) {
            String text = held.toString().stripLeading();
            trims = text.isEmpty();
            held.setLength(0);
            held.append(text);
        }
        int keep = looksForStray ? overlap(STRAY) : 0;
        if (held.length() > keep) {
            into.text(held.substring(0, held.length() - keep));
            held.delete(0, held.length() - keep);
        }
    }

    /// How many characters at the end may be the beginning of the tag.
    private int overlap(String tag) {
        for (int length = Math.min(tag.length() - 1, held.length()); length > 0; length--) {
            if (tag.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /// What came since a tag was opened that nobody has closed; empty where none is open.
    String unclosed() {
        return close.isEmpty() ? "" : inTag.toString();
    }

    void end() {
        if (close.isEmpty()) {
            into.text(held.toString());
        } else {
            inTag.append(held);
            into.thought(held.toString());
        }
        held.setLength(0);
    }
}
