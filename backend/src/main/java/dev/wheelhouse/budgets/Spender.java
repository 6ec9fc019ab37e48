package dev.wheelhouse.budgets;

import dev.wheelhouse.base.TenantId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run that is about to spend, in the hands of one owner (`epoch`), and in whose name it spends.
public record Spender(TenantId tenant, UUID run, int epoch, Map<Budget.Scope, List<Subject>> subjects) {

    /// Counted under its name; a budget may also name it by its id.
    public record Subject(String name, @Nullable String id) {
        public static Subject of(String name) {
            return new Subject(name, null);
        }
    }

    /// Under which names this spender counts in a budget; none where the budget is about others.
    List<String> countedIn(Budget budget) {
        if (budget.scope() == Budget.Scope.TENANT) {
            return List.of(tenant.name());
        }
        var mine = subjects.getOrDefault(budget.scope(), List.of());
        return budget.isForEach()
                ? mine.stream().map(Subject::name).distinct().toList()
                : mine.stream().anyMatch(subject -> names(budget, subject)) ? List.of(budget.subject()) : List.of();
    }

    private static boolean names(Budget budget, Subject subject) {
        return budget.subject().equals(subject.name()) || budget.subject().equals(subject.id());
    }
}
