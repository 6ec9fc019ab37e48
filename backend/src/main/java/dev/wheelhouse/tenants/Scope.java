package dev.wheelhouse.tenants;

import java.util.Locale;

/// What a key may do. Each is granted on its own; none includes another.
public enum Scope {
    /// Look at runs, threads, agents, tools and models.
    READ("read data"),
    /// Start and cancel runs, open threads, chat.
    RUN("start or steer runs"),
    /// Decide on approvals.
    APPROVE("decide approvals"),
    /// Change and publish agents.
    BUILD("change agents"),
    /// Create and revoke keys, set budgets.
    ADMIN("manage keys and budgets");

    private final String allows;

    Scope(String allows) {
        this.allows = allows;
    }

    /// What it lets people do, as the end of a sentence that begins with "can't".
    String allows() {
        return allows;
    }

    static Scope of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
