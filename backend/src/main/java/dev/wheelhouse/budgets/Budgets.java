package dev.wheelhouse.budgets;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Database;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Budgets that runs share: setting them, and spending within them.
@Singleton
public final class Budgets {

    private static final Logger LOG = LoggerFactory.getLogger(Budgets.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /// What became of a wish to spend: exactly one of the two is there.
    public record Answer(
            @Nullable Reservation granted, @Nullable Refusal refused) {}

    private final Database database;
    private final BudgetRepository budgets;
    private final BudgetStore store;
    private final Ledger ledger;
    private final List<BudgetListener> listeners;
    private final KnownBudgets known;

    Budgets(
            Database database,
            BudgetRepository budgets,
            BudgetStore store,
            Ledger ledger,
            List<BudgetListener> listeners) {
        this.database = database;
        this.budgets = budgets;
        this.store = store;
        this.ledger = ledger;
        this.listeners = List.copyOf(listeners);
        this.known = new KnownBudgets(store, this.listeners);
    }

    /// Whether the tenant has any budget.
    public boolean has(TenantId tenant) {
        return known.byTenant().containsKey(tenant);
    }

    /// The budgets that count what this spender spends. Asks Postgres at most once a second for all tenants together.
    public List<Budget> about(Spender spender) {
        return known.byTenant().getOrDefault(spender.tenant(), List.of()).stream()
                .filter(budget -> !spender.countedIn(budget).isEmpty())
                .toList();
    }

    /// Reserves the worst case of a step in every budget that is about it, or in none. Where only calls under way stand
    /// in the way, waits up to `timeout` for what they leave over.
    public Answer reserve(Spender spender, int step, Map<Unit, Long> worst, Duration timeout)
            throws InterruptedException {
        var wanted = new Reservation(spender, step, lines(spender, worst));
        if (wanted.isEmpty()) {
            return new Answer(wanted, null);
        }
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            var refusal = refusal(wanted, ledger.reserve(wanted));
            if (refusal == null) {
                return new Answer(wanted, null);
            }
            if (!refusal.mayPass() || System.nanoTime() >= end) {
                listeners.forEach(listener -> listener.refused(refusal));
                return new Answer(null, refusal);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private List<Reservation.Line> lines(Spender spender, Map<Unit, Long> worst) {
        var lines = new ArrayList<Reservation.Line>();
        for (var budget : about(spender)) {
            Long amount = worst.get(budget.unit());
            if (amount != null) {
                spender.countedIn(budget).forEach(subject -> lines.add(new Reservation.Line(budget, subject, amount)));
            }
        }
        return lines;
    }

    private @Nullable Refusal refusal(Reservation wanted, List<BudgetStore.Line> answer) {
        Refusal refusal = null;
        for (var line : answer) {
            var budget = with(budgetOf(line, wanted.lines()), line.cap());
            if (line.refused()) {
                refusal =
                        new Refusal(budget, line.subject(), line.spent(), line.reserved(), line.needed(), line.ends());
            }
            listeners.forEach(
                    listener -> listener.stands(budget, line.subject(), line.cap() - line.spent() - line.reserved()));
        }
        return refusal;
    }

    private static Budget budgetOf(BudgetStore.Line counter, List<Reservation.Line> lines) {
        return lines.stream()
                .map(Reservation.Line::budget)
                .filter(budget -> budget.id().equals(counter.budget()))
                .findFirst()
                .orElseThrow();
    }

    /// What the step really took; units that are not named keep their worst case. Only the first word counts. Waits for
    /// it to be written, so that who looks after the step sees it, but not for long: it is written all the same.
    public void settle(Reservation reservation, Map<Unit, Long> spent) {
        if (reservation.isEmpty()) {
            return;
        }
        try {
            ledger.settle(reservation, spent).get(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What run {} spent is not written down yet. Its worst case counts.", reservation.run());
        }
    }

    /// Nobody knows what the step took: all that was reserved is spent.
    public void giveUp(Reservation reservation) {
        if (!reservation.isEmpty()) {
            ledger.settle(reservation, Map.of());
        }
    }

    /// The first budget that is used up for this spender, reservations left aside: they may come back. Reads Postgres
    /// only where a budget is about the spender.
    public @Nullable Refusal usedUp(Spender spender, Map<Unit, Long> least) {
        var lines = lines(spender, least);
        if (lines.isEmpty()) {
            return null;
        }
        for (var now : store.standing(spender.tenant(), lines)) {
            var budget = with(budgetOf(now, lines), now.cap());
            long needed = least.getOrDefault(budget.unit(), 0L);
            if (now.spent() + needed > budget.cap()) {
                var refusal = new Refusal(budget, now.subject(), now.spent(), now.reserved(), needed, now.ends());
                listeners.forEach(listener -> listener.refused(refusal));
                return refusal;
            }
        }
        return null;
    }

    /// By id, at most 100.
    public List<BudgetStatus> list(TenantId tenant) {
        store.sweep();
        return database.as(tenant, () -> {
            var counters = budgets.counters().stream().collect(Collectors.groupingBy(BudgetRepository.Counter::budget));
            return budgets.listOrderById().stream()
                    .map(budget -> status(budget, counters.getOrDefault(budget.id(), List.of())))
                    .toList();
        });
    }

    private static BudgetStatus status(Budget budget, List<BudgetRepository.Counter> counters) {
        if (counters.isEmpty()) {
            return new BudgetStatus(budget, 0, 0, null, List.of());
        }
        var first = counters.getFirst();
        List<BudgetStatus.Share> subjects = budget.isForEach()
                ? counters.stream()
                        .filter(counter -> counter.whose() != null)
                        .map(counter -> new BudgetStatus.Share(
                                String.valueOf(counter.whose()), counter.spent(), counter.reserved()))
                        .toList()
                : List.of();
        return new BudgetStatus(budget, first.spent(), first.reserved(), first.ends(), subjects);
    }

    /// `not_found` if the tenant has no such budget.
    public BudgetStatus get(TenantId tenant, UUID id) {
        return list(tenant).stream()
                .filter(standing -> standing.budget().id().equals(id))
                .findFirst()
                .orElseThrow(() -> missing(id));
    }

    /// Refuses with `conflict` a second budget of the same scope, subject, unit and period, and more than 100.
    public BudgetStatus create(NewBudget wanted) {
        var budget = wanted.withId(Ids.next());
        var tenant = budget.tenant();
        boolean isAdded = database.as(tenant, () -> {
            budgets.add(budget);
            return budgets.existsById(budget.id());
        });
        if (!isAdded) {
            throw notAdded(budget);
        }
        lookAgain();
        return get(tenant, budget.id());
    }

    private Problem notAdded(Budget budget) {
        long count = database.as(budget.tenant(), budgets::count);
        return count >= BudgetRepository.MOST
                ? new Problem(
                        ErrorCode.CONFLICT,
                        "There are %d budgets already, the most a tenant may have".formatted(count),
                        "Remove one, or use the subject \"*\" to give everybody in a scope the same budget")
                : new Problem(
                        ErrorCode.CONFLICT,
                        "%s exists already".formatted(budget.title(budget.subject())),
                        "Change its cap instead");
    }

    /// Null leaves as it is. A cap below what is spent refuses from now on.
    public BudgetStatus change(TenantId tenant, UUID id, @Nullable Long cap, @Nullable String note) {
        return change(tenant, id, cap, note, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed it since it had the version that is expected.
    public BudgetStatus change(TenantId tenant, UUID id, @Nullable Long cap, @Nullable String note, Expected expected) {
        String text = note == null ? null : Text.storable(note);
        if (database.as(tenant, () -> {
                    check(id, expected);
                    return budgets.change(id, cap, text);
                })
                == 0) {
            throw missing(id);
        }
        lookAgain();
        return get(tenant, id);
    }

    public void remove(TenantId tenant, UUID id) {
        remove(tenant, id, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed it since it had the version that is expected.
    public void remove(TenantId tenant, UUID id, Expected expected) {
        if (database.as(tenant, () -> {
                    check(id, expected);
                    return budgets.deleteById(id);
                })
                == 0) {
            throw missing(id);
        }
        known.lookAgain();
    }

    /// A budget that is gone is missing, whatever was expected of it.
    private void check(UUID id, Expected expected) {
        budgets.lock(id).ifPresent(now -> expected.check("The budget", now.version()));
    }

    /// What is known of the budgets is read again when it is next needed.
    void lookAgain() {
        known.lookAgain();
    }

    private static Budget with(Budget budget, long cap) {
        return new Budget(
                budget.tenant(),
                budget.id(),
                budget.scope(),
                budget.subject(),
                budget.unit(),
                budget.period(),
                cap,
                budget.note(),
                budget.createdBy());
    }

    private static Problem missing(UUID id) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no budget \"%s\"".formatted(id));
    }
}
