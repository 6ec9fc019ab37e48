package dev.wheelhouse.budgets;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import java.util.List;

/// Budgets as the platform puts them together, for tests of other packages.
public final class TestBudgets {

    private TestBudgets() {}

    public static Budgets of(Database database, BudgetListener... listeners) {
        var store = new BudgetStore(database, TestDatabases.bean(database, AllBudgetsRepository.class));
        return new Budgets(
                database,
                TestDatabases.bean(database, BudgetRepository.class),
                store,
                new Ledger(store),
                List.of(listeners));
    }

    /// As if a second had passed since the budgets were read.
    public static void lookAgain(Budgets budgets) {
        budgets.lookAgain();
    }
}
