package dev.wheelhouse.passages;

import java.util.ArrayList;

/// Takes writing without spaces apart into overlapping pairs of letters: `東京都` is searched as `東京 京都`.
public final class Bigrams {

    private Bigrams() {}

    /// Whether a letter is of a script that Postgres finds no words in.
    static boolean isDense(int letter) {
        if (letter < 0x0E00) {
            return false;
        }
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> letter == 0x30FC;
        };
    }

    /// The text with such stretches as pairs; a single letter stays.
    public static String of(String text) {
        if (text.codePoints().noneMatch(Bigrams::isDense)) {
            return text;
        }
        var out = new StringBuilder(text.length() * 2);
        var run = new ArrayList<Integer>();
        text.codePoints().forEach(letter -> {
            if (isDense(letter)) {
                run.add(letter);
            } else {
                flush(run, out);
                out.appendCodePoint(letter);
            }
        });
        flush(run, out);
        return out.toString();
    }

    private static void flush(ArrayList<Integer> run, StringBuilder out) {
        if (run.isEmpty()) {
            return;
        }
        out.append(' ');
        if (run.size() == 1) {
            out.appendCodePoint(run.getFirst());
        }
        for (int at = 0; at + 1 < run.size(); at++) {
            out.appendCodePoint(run.get(at)).appendCodePoint(run.get(at + 1)).append(' ');
        }
        out.append(' ');
        run.clear();
    }
}
