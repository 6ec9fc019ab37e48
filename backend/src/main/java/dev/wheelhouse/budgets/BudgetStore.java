package dev.wheelhouse.budgets;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.Reservation.Settlement;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.Sql;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What runs spend: counters and reservations in Postgres. Own SQL, since it is part of every step that costs
/// something.
@Singleton
final class BudgetStore {

    private final Database database;
    private final AllBudgetsRepository budgets;

    BudgetStore(Database database, AllBudgetsRepository budgets) {
        this.database = database;
        this.budgets = budgets;
    }

    /// How a counter stands after a request, and whether it refused it.
    record Line(
            int request,
            boolean refused,
            UUID budget,
            String subject,
            long cap,
            long spent,
            long reserved,
            long needed,
            @Nullable Instant ends) {}

    /// Settles, then reserves, all in one statement. The first line of a request that was refused says so.
    List<Line> spend(List<Settlement> ended, List<Reservation> wanted) {
        var settled = new ArrayList<Settled>();
        for (var one : ended) {
            one.reservation().lines().forEach(line -> settled.add(new Settled(one, line)));
        }
        var asked = new ArrayList<ApprovalRequest>();
        for (int request = 0; request < wanted.size(); request++) {
            for (var line : wanted.get(request).lines()) {
                asked.add(new ApprovalRequest(request, wanted.get(request), line));
            }
        }
        var settling = new Columns<>(settled);
        var asking = new Columns<>(asked);
        return database.engine()
                .rows(
                        "SELECT * FROM spend_budgets(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        BudgetStore::line,
                        settling.texts(s -> s.of().spender().tenant().name()),
                        settling.ids(s -> s.of().run()),
                        settling.numbers(s -> s.of().step()),
                        settling.numbers(s -> s.of().spender().epoch()),
                        settling.ids(s -> s.line().budget().id()),
                        settling.texts(s -> s.line().subject()),
                        settling.longs(s -> s.what().amount(s.line())),
                        asking.numbers(ApprovalRequest::request),
                        asking.texts(a -> a.of().spender().tenant().name()),
                        asking.ids(a -> a.of().run()),
                        asking.numbers(a -> a.of().step()),
                        asking.numbers(a -> a.of().spender().epoch()),
                        asking.ids(a -> a.line().budget().id()),
                        asking.texts(a -> a.line().subject()),
                        asking.longs(a -> a.line().amount()));
    }

    private record Settled(Settlement what, Reservation.Line line) {
        Reservation of() {
            return what.reservation();
        }
    }

    private record ApprovalRequest(int request, Reservation of, Reservation.Line line) {}

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt("request"),
                row.getBoolean("refused"),
                row.getObject("budget", UUID.class),
                row.getString("subject"),
                row.getLong("cap"),
                row.getLong("spent"),
                row.getLong("reserved"),
                row.getLong("needed"),
                Sql.instantOrNull(row, "ends"));
    }

    /// The budgets of all tenants.
    List<Budget> all() {
        return database.asEngine(budgets::listOrderByTenantAndId);
    }

    /// What was reserved for calls that nobody makes any more counts as spent.
    void sweep() {
        database.asEngine(budgets::sweep);
    }

    /// How the counters of these lines stand, each by its budget's cap as it is now. Asked at the start of a run.
    List<Line> standing(TenantId tenant, List<Reservation.Line> lines) {
        var columns = new Columns<>(lines);
        return database.of(tenant)
                .rows(
                        """
                SELECT 0 AS request, false AS refused, b.id AS budget, l.subject, b.cap, coalesce(s.spent, 0) AS spent,
                  coalesce(s.reserved, 0) AS reserved, 0 AS needed, budget_ends(b.period) AS ends
                FROM unnest(?::uuid[], ?::text[]) AS l (budget, subject)
                JOIN budgets b ON b.tenant = ? AND b.id = l.budget
                LEFT JOIN spending s ON s.tenant = b.tenant AND s.budget = b.id AND s.subject = l.subject
                  AND s.since = budget_since(b.period)""",
                        BudgetStore::line,
                        columns.ids(line -> line.budget().id()),
                        columns.texts(Reservation.Line::subject),
                        tenant.name());
    }
}
