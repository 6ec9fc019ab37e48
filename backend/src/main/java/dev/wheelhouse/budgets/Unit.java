package dev.wheelhouse.budgets;

import java.math.BigDecimal;
import java.util.Locale;

/// What can be spent. Amounts are whole numbers: millionths of a dollar, tokens, calls, steps, milliseconds, bytes.
public enum Unit {
    MONEY,
    TOKENS,
    CALLS,
    STEPS,
    TIME,
    OUTPUT;

    private static final long CENT = 10_000;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a budget of it is called: `Monthly call budget`. Money is what people mean by a budget.
    String budget() {
        return this == MONEY ? "budget" : one() + " budget";
    }

    /// An amount as people read it.
    public String said(long amount) {
        return switch (this) {
            case MONEY -> dollars(amount);
            case TIME -> String.format(Locale.ROOT, "%,.1f s", amount / 1e3);
            case OUTPUT -> String.format(Locale.ROOT, "%,d bytes", amount);
            case TOKENS, CALLS, STEPS -> String.format(Locale.ROOT, "%,d %s", amount, amount == 1 ? one() : word());
        };
    }

    /// A part of an amount as people read it: `1 of 2 calls`.
    String said(long part, long whole) {
        String number =
                switch (this) {
                    case MONEY -> dollars(part);
                    case TIME -> String.format(Locale.ROOT, "%,.1f", part / 1e3);
                    case TOKENS, CALLS, STEPS, OUTPUT -> String.format(Locale.ROOT, "%,d", part);
                };
        return number + " of " + said(whole);
    }

    /// To the cent, and more exactly only where less than a cent would be lost to rounding.
    private static String dollars(long micros) {
        boolean isWorthCents = micros == 0 || Math.abs(micros) >= CENT;
        var exact = BigDecimal.valueOf(micros, 6);
        return isWorthCents
                ? String.format(Locale.ROOT, "$%,.2f", exact)
                : "$" + exact.stripTrailingZeros().toPlainString();
    }

    private String one() {
        return this == TIME || this == OUTPUT ? word() : word().substring(0, word().length() - 1);
    }
}
