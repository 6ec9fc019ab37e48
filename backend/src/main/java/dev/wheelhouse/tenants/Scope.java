package dev.wheelhouse.tenants;

import java.util.Locale;

/// What a key may do. Each is granted on its own; none includes another.
public enum Scope {
    /// Look at runs, threads, agents, tools and models.
    READ,
    /// Start and cancel runs, open threads, chat.
    RUN,
    /// Decide what runs ask people about.
    APPROVE,
    /// Change and publish agents.
    BUILD,
    /// Make and revoke keys.
    ADMIN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
