package dev.wheelhouse.search;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words of a text, as they are compared: lower case, without accents. A sign of a script that puts no spaces
/// between its words is a word of its own.
final class Words {

    /// Longer ones are cut; what was cut is compared when the text itself is read.
    static final int LONGEST = 40;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private Words() {}

    static String folded(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 0x80) {
                return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .replaceAll("")
                        .toLowerCase(Locale.ROOT);
            }
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /// Adds the words of a folded text.
    static void addTo(Set<String> words, String folded) {
        int from = -1;
        for (int at = 0; at < folded.length(); ) {
            int letter = folded.codePointAt(at);
            int size = Character.charCount(letter);
            boolean single = standsAlone(letter);
            if (from >= 0 && (single || !Character.isLetterOrDigit(letter))) {
                words.add(cut(folded.substring(from, at)));
                from = -1;
            }
            if (single) {
                words.add(folded.substring(at, at + size));
            } else if (from < 0 && Character.isLetterOrDigit(letter)) {
                from = at;
            }
            at += size;
        }
        if (from >= 0) {
            words.add(cut(folded.substring(from)));
        }
    }

    private static String cut(String word) {
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }

    static boolean standsAlone(int letter) {
        return Character.isIdeographic(letter)
                || switch (Character.UnicodeScript.of(letter)) {
                    case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetterOrDigit(letter);
                    // All others put spaces between words.
                    default -> false;
                };
    }
}
