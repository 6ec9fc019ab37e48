package dev.wheelhouse.search;

import dev.wheelhouse.search.ListedRunRepository.Range;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A run that somebody names by its id, or by the beginning of it: eight signs or more.
final class NamedRun {

    private static final Pattern BEGINNING = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f-]{0,27})?");
    private static final String LEAST = "00000000-0000-0000-0000-000000000000";
    private static final String GREATEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    private NamedRun() {}

    /// Null for a text that is no id.
    static @Nullable Range range(String text) {
        String name = text.strip();
        if (!BEGINNING.matcher(name).matches() || name.chars().noneMatch(Character::isDigit)) {
            return null;
        }
        try {
            return new Range(
                    UUID.fromString(name + LEAST.substring(name.length())),
                    UUID.fromString(name + GREATEST.substring(name.length())));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
