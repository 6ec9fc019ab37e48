package dev.wheelhouse.feedback;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Whether an answer was good.
public enum Rating {
    UP,
    DOWN;

    public static final List<String> WORDS =
            Arrays.stream(values()).map(Rating::word).toList();

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the word; throws IllegalArgumentException for any other.
    public static Rating of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
