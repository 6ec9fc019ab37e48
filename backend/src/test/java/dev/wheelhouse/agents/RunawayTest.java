package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.budgets.Budget;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.budgets.NewBudget;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.models.ScriptedModels;
import dev.wheelhouse.models.ScriptedModels.Said;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.programs.SpendAs;
import dev.wheelhouse.runs.LostRunException;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs that never end by themselves, many at once on three replicas, their owners dying in the middle of calls,
/// against one shared budget in a real Postgres. What the provider bills is what counts.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunawayTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Prices PRICES = new Prices("test", 1_000_000, 1_000_000, 4_000_000);
    private static final int MOST_OUTPUT = 150;

    private final String url = TestDatabase.fresh();
    private final List<Database> databases = new ArrayList<>();
    private final List<Budgets> replicas = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    void open() {
        for (int n = 0; n < 3; n++) {
            databases.add(TestDatabases.open(url));
            replicas.add(TestBudgets.of(databases.getLast()));
        }
    }

    @AfterAll
    void close() {
        databases.forEach(Database::close);
    }

    private Budget set(Budget.Scope scope, String subject, Unit unit, long cap) {
        var budget = replicas.getFirst()
                .create(new NewBudget(TENANT, scope, subject, unit, Budget.Period.MONTH, cap, "", null))
                .budget();
        replicas.forEach(TestBudgets::lookAgain);
        return budget;
    }

    private void remove(Budget budget) {
        replicas.getFirst().remove(TENANT, budget.id());
        replicas.forEach(TestBudgets::lookAgain);
    }

    /// A new sum each time; what it sends and says is billed, also where nobody hears it any more.
    private Said endless(ModelCall call, Random random) {
        int n = asked.incrementAndGet();
        var request = new ToolRequest("c" + n, "calculator", "{\"expression\":\"" + n + " + 1\"}");
        return new Said("", List.of(request), 50 + random.nextInt(100), 1 + random.nextInt(MOST_OUTPUT));
    }

    private static StepBudget budget(Budgets budgets, Run run) {
        return new StepBudget(budgets, epoch -> SpendAs.of(run, epoch, List.of()));
    }

    /// How the run ended.
    private String carry(ScriptedModels models, Budgets budgets, Random random) throws Exception {
        var run = TestLoops.run(new Run.Asker("ci", null, "mia"));
        var rehearsal = new Rehearsal(run);
        rehearsal.dies = work -> random.nextInt(5) == 0;
        while (true) {
            try {
                return rehearsal.carryThrough(
                        TestLoops.loop(models.models, TestLoops.WIDE, MOST_OUTPUT, budget(budgets, run)));
            } catch (LostRunException died) {
                rehearsal.takeovers.add(rehearsal.steps.size());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CALLS, TENANT, '', 40, 1",
        "TOKENS, USER, mia, 9000, 400",
        "MONEY, KEY, ci, 15000, 900",
        "STEPS, AGENT, a, 60, 2"
    })
    void shared_budget_is_passed_by_less_than_a_call(Unit unit, Budget.Scope scope, String subject, long cap, long call)
            throws Exception {
        var budget = set(scope, subject, unit, cap);
        var seeds = new AtomicInteger(unit.ordinal() * 100);
        var models = new ArrayList<ScriptedModels>();
        List<Callable<String>> runs = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            var random = new Random(seeds.incrementAndGet());
            var scripted = new ScriptedModels(PRICES, asked -> {
                var said = endless(asked, random);
                if (random.nextInt(6) == 0) {
                    throw new ScriptedModels.Failing("stream_cut");
                }
                return said;
            });
            models.add(scripted);
            var replica = replicas.get(n % 3);
            runs.add(() -> carry(scripted, replica, random));
        }
        var ends = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var end : threads.invokeAll(runs)) {
                ends.add(end.get());
            }
        }

        // A model that broke off three times in a row ends a run by itself.
        assertThat(ends).allMatch(end -> end.startsWith("over_budget") || end.startsWith("stream_cut"));
        assertThat(ends).anyMatch(end -> end.startsWith("over_budget"));
        long standing = counted(budget);
        remove(budget);
        long real =
                switch (unit) {
                    case CALLS ->
                        models.stream().mapToLong(one -> one.asked.size()).sum();
                    case TOKENS ->
                        models.stream().mapToLong(ScriptedModels::tokens).sum();
                    case MONEY ->
                        models.stream().mapToLong(ScriptedModels::money).sum();
                    default -> standing;
                };
        assertThat(real).as("%s spent", unit).isLessThanOrEqualTo(cap + call).isPositive();
        assertThat(standing).as("%s counted", unit).isGreaterThanOrEqualTo(real);
    }

    private long counted(Budget budget) {
        var standing = replicas.getFirst().get(TENANT, budget.id());
        return standing.spent() + standing.reserved();
    }

    @Test
    void called_run_spends_in_the_name_of_its_callers_agent_and_thread() throws Exception {
        var parent = TestLoops.run();
        var thread = set(Budget.Scope.THREAD, parent.thread().toString(), Unit.CALLS, 1);
        var child = TestLoops.run();
        var models = new ScriptedModels(PRICES, call -> new Said("done", List.of(), 10, 10));
        var budget = new StepBudget(replicas.getFirst(), epoch -> SpendAs.of(child, epoch, List.of(parent)));

        String first =
                new Rehearsal(child).carryThrough(TestLoops.loop(models.models, TestLoops.WIDE, MOST_OUTPUT, budget));
        String second = new Rehearsal(TestLoops.run())
                .carryThrough(
                        TestLoops.loop(models.models, TestLoops.WIDE, MOST_OUTPUT, budget(replicas.getLast(), parent)));

        assertThat(first).isEqualTo("done");
        assertThat(second).startsWith("over_budget").contains("of thread \"" + parent.thread() + "\"");
        remove(thread);
    }

    @Test
    void budget_on_money_refuses_a_model_whose_price_nobody_knows() throws Exception {
        var budget = set(Budget.Scope.TENANT, "", Unit.MONEY, 1_000_000);
        var models = new ScriptedModels(null, call -> new Said("done", List.of(), 10, 10));
        var run = TestLoops.run();

        String end = new Rehearsal(run)
                .carryThrough(
                        TestLoops.loop(models.models, TestLoops.WIDE, MOST_OUTPUT, budget(replicas.getFirst(), run)));

        assertThat(end).startsWith("over_budget: The price of model \"default\" is unknown");
        assertThat(models.asked).isEmpty();
        remove(budget);
    }

    @Test
    void call_shrinks_with_what_is_left_and_is_refused_below_a_minimum() throws Exception {
        var budget = set(Budget.Scope.TENANT, "", Unit.TOKENS, 1_000);
        var models = new ScriptedModels(PRICES, call -> new Said("It goes on", List.of(), 300, 5_000));
        var run = TestLoops.run();

        String end = new Rehearsal(run)
                .carryThrough(TestLoops.loop(models.models, TestLoops.WIDE, 2_000, budget(replicas.getFirst(), run)));

        assertThat(models.asked.getFirst().maxOutputTokens()).isBetween(64, 999);
        assertThat(end).startsWith("over_budget: The answer was cut off at");
        assertThat(models.tokens()).isLessThanOrEqualTo(1_000 + 300);
        remove(budget);
    }
}
