package dev.wheelhouse.tenants;

import java.util.Locale;

/// How callers are told apart.
public enum AuthMode {
    /// Everybody is tenant `default` with every scope: for a laptop's loopback.
    NONE,
    /// Every request carries a key or a session made from one.
    KEYS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
