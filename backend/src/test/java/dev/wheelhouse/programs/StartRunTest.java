package dev.wheelhouse.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.budgets.Budget;
import dev.wheelhouse.budgets.NewBudget;
import dev.wheelhouse.budgets.TestBudgets;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.reruns.Fork;
import dev.wheelhouse.reruns.Reruns;
import dev.wheelhouse.reruns.TestReruns;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is asked before a run is started, by whichever door it came.
class StartRunTest {

    private final TestRuns engine = new TestRuns(TestDatabase.fresh(), run -> new Counting().load(run));
    private final Programs programs = new Programs(List.of(new Counting()), engine::runs);
    private final dev.wheelhouse.budgets.Budgets budgets = TestBudgets.of(engine.database());
    private final StartRun start =
            new StartRun(programs, engine.runs(), List.of(new WithinBudget(budgets), new KnownKind(programs)));
    private final Reruns reruns = TestReruns.of(engine.runs(), programs, start);

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
    }

    private static StartRun.Request request(String kind, @Nullable String key) {
        return new StartRun.Request(
                TestRuns.TENANT, kind, "to-three", null, "[]", null, "{}", Run.Asker.NOBODY, null, key);
    }

    private void useUp() {
        budgets.create(
                new NewBudget(TestRuns.TENANT, Budget.Scope.TENANT, "", Unit.STEPS, Budget.Period.TOTAL, 0, "", null));
        TestBudgets.lookAgain(budgets);
    }

    @Test
    void checks_have_names_and_an_order() {
        assertThat(start.checks()).containsExactly("budget", "kind");
    }

    @Test
    void run_is_pinned_to_the_published_revision() throws Exception {
        var run = engine.ended(start.start(request("counting", null)));

        assertThat(run.program()).isEqualTo(new dev.wheelhouse.runs.Program.Pin("counting", "to-three", 1));
        assertThat(run.output()).isEqualTo("3");
    }

    @Test
    void kind_that_is_not_here_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> start.start(request("workflow", null)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("kind \"workflow\"");
    }

    @Test
    void used_up_budget_refuses_new_runs_retries_and_forks_but_no_replay() throws Exception {
        var run = engine.ended(start.start(request("counting", "k")));
        useUp();

        assertOverBudget(() -> start.start(request("counting", null)));
        assertOverBudget(() -> reruns.retry(TestRuns.TENANT, run.id(), 2, Run.Asker.NOBODY, null));
        var fork = new Fork(run.id(), 1, null, List.of(), null, null, Run.Asker.NOBODY, null);
        assertOverBudget(() -> reruns.fork(TestRuns.TENANT, fork));
        assertThat(reruns.replay(TestRuns.TENANT, run.id(), null, null, Run.Asker.NOBODY, null)
                        .origin())
                .isNotNull();
        assertThat(start.start(request("counting", "k")).id()).isEqualTo(run.id());
    }

    private static void assertOverBudget(org.assertj.core.api.ThrowableAssert.ThrowingCallable starting) {
        assertThatThrownBy(starting).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(ErrorCode.OVER_BUDGET));
    }
}
