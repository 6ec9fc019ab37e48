package dev.wheelhouse.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.Spender.Subject;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.testing.Await;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Budgets in a real Postgres: exact under concurrency, over replicas, losses and months.
class BudgetsTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Map<Unit, Long> CALL = Map.of(Unit.CALLS, 1L);

    private final String url = TestDatabase.fresh();
    private final Database database = TestDatabases.open(url);
    private final List<Database> others = new ArrayList<>();
    private final Budgets budgets = TestBudgets.of(database);

    @AfterEach
    void close() {
        others.forEach(Database::close);
        database.close();
    }

    private Budgets replica() {
        var mine = TestDatabases.open(url);
        others.add(mine);
        return TestBudgets.of(mine);
    }

    private Budget set(Budget.Scope scope, String subject, Unit unit, Budget.Period period, long cap) {
        return budgets.create(new NewBudget(TENANT, scope, subject, unit, period, cap, "", "test"))
                .budget();
    }

    private Budget set(Unit unit, long cap) {
        return set(Budget.Scope.TENANT, "", unit, Budget.Period.MONTH, cap);
    }

    private static Spender spender(UUID run, int epoch, Map<Budget.Scope, List<Subject>> subjects) {
        return new Spender(TENANT, run, epoch, subjects);
    }

    private static Spender somebody() {
        return spender(Ids.next(), 1, Map.of());
    }

    private static Spender user(String name) {
        return spender(Ids.next(), 1, Map.of(Budget.Scope.USER, List.of(Subject.of(name))));
    }

    private Budgets.Answer reserve(Spender spender, int step, Unit unit, long amount) throws InterruptedException {
        return budgets.reserve(spender, step, Map.of(unit, amount), Duration.ZERO);
    }

    private List<Long> spentAndReserved(Budget budget) {
        var standing = budgets.get(TENANT, budget.id());
        return List.of(standing.spent(), standing.reserved());
    }

    @Test
    void worst_case_is_held_until_the_call_is_over_and_the_rest_is_free_again() throws Exception {
        var budget = set(Unit.TOKENS, 1_000);

        var first = reserve(somebody(), 1, Unit.TOKENS, 700).granted();
        assertThat(spentAndReserved(budget)).containsExactly(0L, 700L);
        assertThat(reserve(somebody(), 1, Unit.TOKENS, 700).refused()).isNotNull();

        budgets.settle(first, Map.of(Unit.TOKENS, 120L));
        assertThat(spentAndReserved(budget)).containsExactly(120L, 0L);
        assertThat(reserve(somebody(), 1, Unit.TOKENS, 700).granted()).isNotNull();
    }

    @Test
    void settling_twice_counts_once() throws Exception {
        var budget = set(Unit.TOKENS, 1_000);
        var reservation = reserve(somebody(), 1, Unit.TOKENS, 500).granted();

        budgets.settle(reservation, Map.of(Unit.TOKENS, 100L));
        budgets.settle(reservation, Map.of(Unit.TOKENS, 100L));
        budgets.settle(reservation, Map.of());

        assertThat(spentAndReserved(budget)).containsExactly(100L, 0L);
    }

    @Test
    void same_step_of_the_same_owner_reserves_once_however_often_it_is_sent() throws Exception {
        var budget = set(Unit.TOKENS, 1_000);
        var spender = somebody();

        for (int again = 0; again < 3; again++) {
            assertThat(reserve(spender, 1, Unit.TOKENS, 600).granted()).isNotNull();
        }

        assertThat(spentAndReserved(budget)).containsExactly(0L, 600L);
    }

    @Test
    void lost_attempt_stays_spent_at_its_worst_case_whatever_comes_late() throws Exception {
        var budget = set(Unit.TOKENS, 1_000);
        var run = Ids.next();
        var lost = reserve(spender(run, 1, Map.of()), 1, Unit.TOKENS, 400).granted();

        var next = reserve(spender(run, 2, Map.of()), 1, Unit.TOKENS, 400).granted();
        assertThat(spentAndReserved(budget)).containsExactly(400L, 400L);

        budgets.settle(lost, Map.of(Unit.TOKENS, 1L));
        budgets.settle(next, Map.of(Unit.TOKENS, 10L));
        assertThat(spentAndReserved(budget)).containsExactly(410L, 0L);
    }

    @Test
    void refusal_names_the_budget_its_use_its_reset_and_who_can_raise_it() throws Exception {
        set(Budget.Scope.USER, "*", Unit.CALLS, Budget.Period.MONTH, 2);
        budgets.settle(reserve(user("mia"), 1, Unit.CALLS, 1).granted(), CALL);
        reserve(user("mia"), 1, Unit.CALLS, 1);

        var refusal = reserve(user("mia"), 1, Unit.CALLS, 1).refused();

        assertThat(refusal.message())
                .isEqualTo("Monthly call budget of user \"mia\" reached: 1 of 2 calls spent, 1 call reserved;"
                        + " this call needs up to 1 call");
        assertThat(refusal.hint()).matches("Resets on 1 [A-Z][a-z]+ 20\\d\\d \\(UTC\\)\\. An admin can raise it");
        assertThat(reserve(user("max"), 1, Unit.CALLS, 1).granted()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"1918268, $1.92", "0, $0.00", "1234500000, '$1,234.50'", "725, $0.000725", "5000, $0.005"})
    void money_is_told_to_the_cent_unless_it_is_less_than_one(long micros, String text) {
        assertThat(Unit.MONEY.said(micros)).isEqualTo(text);
    }

    @Test
    void step_is_reserved_in_all_its_budgets_or_in_none() throws Exception {
        var wide = set(Unit.TOKENS, 1_000);
        var narrow = set(Budget.Scope.USER, "mia", Unit.TOKENS, Budget.Period.DAY, 10);

        assertThat(reserve(user("mia"), 1, Unit.TOKENS, 50).refused().budget().id())
                .isEqualTo(narrow.id());

        assertThat(spentAndReserved(wide)).containsExactly(0L, 0L);
        assertThat(reserve(user("max"), 1, Unit.TOKENS, 50).granted()).isNotNull();
    }

    @Test
    void key_is_found_by_its_name_and_by_its_id() throws Exception {
        var id = Ids.next().toString();
        set(Budget.Scope.KEY, id, Unit.CALLS, Budget.Period.TOTAL, 1);
        set(Budget.Scope.KEY, "ci", Unit.STEPS, Budget.Period.TOTAL, 0);
        var ci = spender(Ids.next(), 1, Map.of(Budget.Scope.KEY, List.of(new Subject("ci", id))));

        assertThat(budgets.about(ci)).hasSize(2);
        assertThat(reserve(ci, 1, Unit.STEPS, 1).refused().hint()).isEqualTo("It never resets. An admin can raise it");
        assertThat(budgets.about(user("ci"))).isEmpty();
    }

    @Test
    void new_month_by_the_databases_clock_resets_the_budget() throws Exception {
        database.engine();
        TestDatabase.execute(
                url,
                "CREATE TABLE the_time (at timestamptz); GRANT SELECT ON the_time TO PUBLIC;"
                        + "INSERT INTO the_time VALUES ('2026-11-30 23:59:59Z');"
                        + "CREATE OR REPLACE FUNCTION budget_now() RETURNS timestamptz LANGUAGE sql STABLE AS"
                        + " 'SELECT at FROM the_time'");
        var budget = set(Unit.CALLS, 1);
        var november = reserve(somebody(), 1, Unit.CALLS, 1).granted();
        assertThat(reserve(somebody(), 1, Unit.CALLS, 1).refused().endsAt()).isEqualTo("2026-12-01T00:00:00Z");

        TestDatabase.execute(url, "UPDATE the_time SET at = '2026-12-01 00:00:00Z'");
        var december = reserve(somebody(), 1, Unit.CALLS, 1).granted();
        assertThat(december).isNotNull();
        budgets.settle(november, CALL);

        assertThat(spentAndReserved(budget)).containsExactly(0L, 1L);
        assertThat(TestDatabase.query(
                        url, "SELECT string_agg(spent || '/' || reserved, ' ' ORDER BY since) FROM spending"))
                .isEqualTo("1/0 0/1");
    }

    @Test
    void budget_that_is_raised_lets_through_what_it_refused() throws Exception {
        var budget = set(Unit.CALLS, 0);
        assertThat(reserve(somebody(), 1, Unit.CALLS, 1).refused()).isNotNull();

        budgets.change(TENANT, budget.id(), 1L, "for the demo");

        assertThat(reserve(somebody(), 1, Unit.CALLS, 1).granted()).isNotNull();
        assertThat(budgets.get(TENANT, budget.id()).budget().note()).isEqualTo("for the demo");
    }

    @Test
    void call_waits_for_what_others_leave_over_instead_of_being_refused() throws Exception {
        set(Unit.TOKENS, 100);
        var first = reserve(somebody(), 1, Unit.TOKENS, 90).granted();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = threads.submit(
                    () -> budgets.reserve(somebody(), 1, Map.of(Unit.TOKENS, 90L), Duration.ofSeconds(30)));
            budgets.settle(first, Map.of(Unit.TOKENS, 5L));

            assertThat(second.get().granted()).isNotNull();
        }
        assertThat(reserve(somebody(), 1, Unit.TOKENS, 96).refused()).isNotNull();
    }

    @Test
    void tenant_without_budgets_sends_no_statement_and_sees_none_of_another() throws Exception {
        var other = new TenantId("other");
        set(Unit.CALLS, 0);
        var stranger = new Spender(other, Ids.next(), 1, Map.of());
        assertThat(budgets.about(stranger)).isEmpty();
        assertThat(budgets.list(other)).isEmpty();
        assertThat(budgets.reserve(stranger, 1, CALL, Duration.ZERO).granted().isEmpty())
                .isTrue();

        assertThat(TestDatabase.query(url, "SELECT count(*) FROM spending")).isEqualTo("0");
    }

    @Test
    void budgets_that_were_known_go_on_to_bind_while_postgres_is_away() throws Exception {
        var other = replica();
        set(Unit.CALLS, 0);
        assertThat(other.about(somebody())).hasSize(1);
        others.getFirst().close();
        other.lookAgain();

        assertThat(other.about(somebody())).hasSize(1);
    }

    @Test
    void budget_made_by_one_replica_soon_binds_the_others() throws Exception {
        var other = replica();
        assertThat(other.about(somebody())).isEmpty();
        set(Unit.CALLS, 0);

        Await.until("the other replica knows the budget", () -> !other.about(somebody())
                .isEmpty());
    }

    @Test
    void second_budget_of_the_same_kind_is_refused_and_so_is_a_missing_one() {
        set(Unit.CALLS, 1);

        assertThatThrownBy(() -> set(Unit.CALLS, 2))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessage("Monthly call budget exists already");
        assertThatThrownBy(() -> budgets.change(TENANT, Ids.next(), 1L, null)).hasMessageContaining("no budget");
        assertThatThrownBy(() -> budgets.remove(TENANT, Ids.next())).hasMessageContaining("no budget");
    }

    @Test
    void removed_budget_takes_its_counters_along_and_refuses_nothing() throws Exception {
        var budget = set(Unit.CALLS, 1);
        var granted = reserve(somebody(), 1, Unit.CALLS, 1).granted();

        budgets.remove(TENANT, budget.id());
        budgets.settle(granted, CALL);

        assertThat(reserve(somebody(), 1, Unit.CALLS, 1).granted().isEmpty()).isTrue();
        assertThat(TestDatabase.query(url, "SELECT count(*) FROM reservations")).isEqualTo("0");
    }

    @Test
    void sixty_four_runs_on_three_replicas_spend_one_budget_exactly() throws Exception {
        var calls = set(Unit.CALLS, 100);
        var money = set(Budget.Scope.USER, "*", Unit.MONEY, Budget.Period.DAY, 4_000);
        var replicas = List.of(budgets, replica(), replica());
        var made = new AtomicInteger();
        var paid = new AtomicInteger();
        List<Callable<Boolean>> runs = new ArrayList<>();
        for (int n = 0; n < 64; n++) {
            var replica = replicas.get(n % 3);
            var random = new Random(n);
            var run = Ids.next();
            runs.add(() -> {
                for (int step = 1; step <= 4; step++) {
                    var mia = spender(run, 1, Map.of(Budget.Scope.USER, List.of(Subject.of("mia"))));
                    var answer = replica.reserve(
                            mia, step, Map.of(Unit.CALLS, 1L, Unit.MONEY, 100L), Duration.ofSeconds(20));
                    if (answer.granted() == null) {
                        return false;
                    }
                    int cost = random.nextInt(100);
                    made.incrementAndGet();
                    paid.addAndGet(cost);
                    replica.settle(answer.granted(), Map.of(Unit.CALLS, 1L, Unit.MONEY, (long) cost));
                }
                return true;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var run : threads.invokeAll(runs)) {
                run.get();
            }
        }

        assertThat(made.get()).isLessThanOrEqualTo(100).isGreaterThan(30);
        assertThat(paid.get()).isLessThanOrEqualTo(4_000);
        assertThat(spentAndReserved(calls)).containsExactly((long) made.get(), 0L);
        var shares = budgets.get(TENANT, money.id()).subjects();
        assertThat(shares).containsExactly(new BudgetStatus.Share("mia", paid.get(), 0));
    }
}
