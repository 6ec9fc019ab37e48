package dev.wheelhouse.budgets;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Why something may not be spent: the budget, how it stands, and what would have been needed.
public record Refusal(
        Budget budget,
        String subject,
        long spent,
        long reserved,
        long needed,
        @Nullable Instant endsAt) {

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
        return "The budget of %s is %s: %s spent, %s reserved by calls under way, and this needs up to %s"
                .formatted(
                        budget.said(subject),
                        unit.said(budget.cap()),
                        unit.said(spent),
                        unit.said(reserved),
                        unit.said(needed));
    }

    public String hint() {
        String raise = "whoever has the scope admin can raise it: PATCH /api/v1/budgets/" + budget.id();
        return endsAt == null
                ? "It never begins anew; " + raise
                : "It begins anew at %s, and %s"
                        .formatted(endsAt.truncatedTo(java.time.temporal.ChronoUnit.SECONDS), raise);
    }

    /// How long until the period ends; null where it never does.
    public @Nullable Duration until(Instant now) {
        return endsAt == null ? null : Duration.between(now, endsAt);
    }
}
