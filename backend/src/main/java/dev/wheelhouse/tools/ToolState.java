package dev.wheelhouse.tools;

import java.util.Locale;

/// Whether a tool can be called, and why not.
public enum ToolState {
    ON,
    /// Somebody switched it off.
    OFF,
    /// Nobody has approved it yet.
    NEW,
    /// What it says of itself is no longer what was approved.
    CHANGED,
    /// Its server no longer offers it.
    GONE,
    /// It cannot be used as it is described.
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
