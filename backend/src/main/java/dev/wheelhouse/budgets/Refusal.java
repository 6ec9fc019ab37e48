package dev.wheelhouse.budgets;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why something may not be spent: the budget, how it stands, and what would have been needed.
public record Refusal(
        Budget budget,
        String subject,
        long spent,
        long reserved,
        long needed,
        @Nullable Instant endsAt) {

    // Periods end at midnight.
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu '(UTC)'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    /// What could still be reserved at this moment.
    public long left() {
        return Math.max(0, budget.cap() - spent - reserved);
    }

    /// It would fit if the calls under way took nothing of what is reserved for them.
    boolean mayPass() {
        return reserved > 0 && spent + needed <= budget.cap();
    }

    public String message() {
        var unit = budget.unit();
        String others = reserved == 0 ? "" : ", %s reserved".formatted(unit.said(reserved));
        return "%s reached: %s spent%s; this call needs up to %s"
                .formatted(budget.title(subject), unit.said(spent, budget.cap()), others, unit.said(needed));
    }

    public String hint() {
        return "%s. An admin can raise it"
                .formatted(endsAt == null ? "It never resets" : "Resets on " + DAY.format(endsAt));
    }

    /// How long until the period ends; null where it never does.
    public @Nullable Duration until(Instant now) {
        return endsAt == null ? null : Duration.between(now, endsAt);
    }
}
