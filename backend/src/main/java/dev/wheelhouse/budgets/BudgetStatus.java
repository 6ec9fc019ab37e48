package dev.wheelhouse.budgets;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A budget and what is spent of it in this period; `subjects` are those of a budget for each, the most used first, and
/// then `spent` and `reserved` are the first one's.
public record BudgetStatus(
        Budget budget, long spent, long reserved, @Nullable Instant endsAt, List<Share> subjects) {

    /// What one of many has spent of a budget that each has.
    public record Share(String subject, long spent, long reserved) {}

    public long left() {
        return Math.max(0, budget.cap() - spent - reserved);
    }
}
