package dev.wheelhouse.search;

import java.util.Locale;

/// What a run can be filtered by word for word.
public enum Property {
    KIND,
    AGENT,
    STATE,
    WAITING,
    ERROR,
    REQUESTER,
    USER,
    ORIGIN;

    /// The word in URLs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
