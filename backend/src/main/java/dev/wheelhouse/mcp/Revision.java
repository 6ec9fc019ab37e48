package dev.wheelhouse.mcp;

import java.util.Set;

/// A revision of the protocol. Servers of older ones speak as [#SESSIONS] does.
public enum Revision {
    /// Begins with `initialize` and may keep a session.
    SESSIONS("2025-11-25"),
    /// Has no session; every request says what it needs.
    STATELESS("2026-07-28");

    static final Set<String> OLDER = Set.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private final String date;

    Revision(String date) {
        this.date = date;
    }

    public String date() {
        return date;
    }
}
