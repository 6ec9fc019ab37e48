package dev.wheelhouse.search;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What somebody looks for: parts between spaces, each of which has to be in a text, where a word begins. A part
/// of three letters or more may be the beginning of a word.
record Phrase(List<String> parts) {

    private static final int LEAST_BEGINNING = 3;

    static Phrase of(String text) {
        return new Phrase(Arrays.stream(Words.folded(text).strip().split("\\s+"))
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList());
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /// The words that a block must have, as a `tsquery`.
    Set<String> needed() {
        var needed = new LinkedHashSet<String>();
        for (var part : parts) {
            var words = new LinkedHashSet<String>();
            Words.addTo(words, part);
            words.forEach(word -> needed.add(BlockQuery.quoted(word) + (mayGoOn(word) ? ":*" : "")));
        }
        return needed;
    }

    /// What a text of plain letters is `LIKE` in which this is: each word that is of such letters.
    String[] likes() {
        var words = new LinkedHashSet<String>();
        parts.forEach(part -> Words.addTo(words, part));
        return words.stream()
                .filter(word -> word.chars().allMatch(letter -> letter < 0x80))
                .map(word -> "%" + word + "%")
                .toArray(String[]::new);
    }

    boolean isIn(String folded) {
        return parts.stream().allMatch(part -> isIn(folded, part));
    }

    private static boolean isIn(String folded, String part) {
        for (int at = folded.indexOf(part); at >= 0; at = folded.indexOf(part, at + 1)) {
            if (isFree(folded, at, part.codePointAt(0), true)
                    && (mayGoOn(part)
                            || isFree(folded, at + part.length(), part.codePointBefore(part.length()), false))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayGoOn(String word) {
        return word.codePointCount(0, word.length()) >= LEAST_BEGINNING;
    }

    /// Whether a word begins or ends here: nothing of a word lies on both sides.
    private static boolean isFree(String text, int at, int inside, boolean isBegin) {
        if (isBegin ? at == 0 : at == text.length()) {
            return true;
        }
        int outside = isBegin ? text.codePointBefore(at) : text.codePointAt(at);
        return !Character.isLetterOrDigit(outside)
                || !Character.isLetterOrDigit(inside)
                || Words.standsAlone(outside)
                || Words.standsAlone(inside);
    }
}
