package dev.wheelhouse.runs;

import java.util.Locale;

/// What doing a step twice would mean, and so what a takeover may do with one whose end is not on record.
public enum Effect {
    /// Changes nothing: done again.
    READ,
    /// Changes something once per key: done again with the same key.
    KEYED,
    /// Changes something each time: never done again; the run waits for a person.
    UNKEYED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Effect of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
