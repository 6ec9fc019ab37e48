package dev.wheelhouse.budgets;

import java.util.Locale;

/// What can be spent. Amounts are whole numbers: millionths of a dollar, tokens, calls, steps, milliseconds, bytes.
public enum Unit {
    MONEY,
    TOKENS,
    CALLS,
    STEPS,
    TIME,
    OUTPUT;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// An amount as people read it.
    public String said(long amount) {
        return switch (this) {
            case MONEY -> String.format(Locale.ROOT, "%,.6f USD", amount / 1e6);
            case TIME -> String.format(Locale.ROOT, "%,.1f s", amount / 1e3);
            case OUTPUT -> String.format(Locale.ROOT, "%,d bytes", amount);
            default -> String.format(Locale.ROOT, "%,d %s", amount, amount == 1 ? one() : word());
        };
    }

    private String one() {
        return word().substring(0, word().length() - 1);
    }
}
