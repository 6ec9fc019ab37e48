package dev.wheelhouse.search;

import java.util.Locale;

/// What a run can be filtered and sorted by as a number.
public enum Figure {
    /// In micro-units.
    COST,
    /// In milliseconds, of runs that have ended.
    DURATION,
    TOKENS;

    /// The word in URLs, and the column in the view of runs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
