package dev.wheelhouse.budgets;

/// Hears how budgets stand whenever something is spent.
public interface BudgetListener {

    /// `subject` is the one that spent; `left` may be below zero where a call took more than its worst case.
    default void stands(Budget budget, String subject, long left) {}

    default void refused(Refusal refusal) {}

    /// The budgets there are now, over all tenants.
    default void known(java.util.Collection<Budget> budgets) {}
}
