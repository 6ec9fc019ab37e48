package dev.wheelhouse.cron;

import java.util.List;
import java.util.Locale;

/// The places of a cron text, with the values that each may have.
enum Field {
    SECOND("second", 0, 59, List.of()),
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    /// 0 and 7 are Sunday.
    WEEKDAY("day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    final String words;
    final int least;
    final int most;
    private final List<String> names;

    Field(String words, int least, int most, List<String> names) {
        this.words = words;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    /// The number that a word stands for: digits, or a name of three letters. Throws [Wrong].
    int value(String word) {
        int named = names.indexOf(word.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + least;
        }
        if (!word.matches("\\d{1,4}")) {
            throw new Wrong("\"%s\" is no %s".formatted(word, words), hint());
        }
        int number = Integer.parseInt(word);
        if (number < least || number > most) {
            throw new Wrong("%d is no %s".formatted(number, words), hint());
        }
        return number;
    }

    String hint() {
        String also = names.isEmpty() ? "" : " or %s to %s".formatted(names.getFirst(), names.getLast());
        return "Use %d to %d%s, with `,` `-` `/` and `*`".formatted(least, most, also);
    }

    /// What is wrong with a part of a field, and what to write instead.
    static final class Wrong extends RuntimeException {
        final String hint;

        Wrong(String message, String hint) {
            super(message);
            this.hint = hint;
        }
    }
}
