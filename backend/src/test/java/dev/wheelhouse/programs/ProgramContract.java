package dev.wheelhouse.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.reruns.Fork;
import dev.wheelhouse.reruns.Reruns;
import dev.wheelhouse.reruns.TestReruns;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Retelling;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.runs.Usage;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every kind of program is held to: pure, resumable, forkable, replayable. A kind passes it with one program that
/// takes at least two steps and succeeds, and answers the same when it is done again.
public abstract class ProgramContract {

    private static final Run.Asker ANN = new Run.Asker("ann's key", null, "ann");

    private final String url = TestDatabase.fresh();
    private TestRuns engine;
    private Programs programs;
    private Reruns reruns;

    /// The kind of program, put together for this database.
    protected abstract ProgramKind plugIn(String url, Supplier<Runs> runs);

    /// The name of the program that is tried.
    protected abstract String name();

    /// What it is asked, JSON text of a list of messages.
    protected abstract String input();

    @BeforeEach
    void open() {
        var opened = new AtomicReference<Programs>();
        engine = new TestRuns(url, run -> opened.get().load(run));
        programs = new Programs(List.of(plugIn(url, engine::runs)), engine::runs);
        opened.set(programs);
        reruns = TestReruns.of(engine.runs(), programs, new StartRun(programs, engine.runs(), List.of()));
    }

    @AfterEach
    void close() throws InterruptedException {
        engine.close();
    }

    private ProgramKind kind() {
        return programs.kinds().getFirst();
    }

    private Run finished() throws InterruptedException {
        var pin = kind().pin(TestRuns.TENANT, name(), null);
        var run = engine.ended(engine.runs()
                .start(NewRun.of(TestRuns.TENANT, pin, input()).asker(ANN).build()));
        assertThat(run.state()).as("state of %s", run.failure()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.totals().steps()).isGreaterThanOrEqualTo(2);
        return run;
    }

    private List<Step> steps(Run run) {
        return engine.runs().recorded(run.tenant(), run.id());
    }

    private Retelling retelling(Run run) {
        return new Retelling(run.id().value(), run.program(), run.depth(), engine.log(run));
    }

    /// What a program says, without what differs between two answers that mean the same.
    private static String told(Next next) {
        return next instanceof Next.Steps wanted
                ? wanted.steps().stream()
                        .map(step -> step.number() + " " + step.kind() + " " + step.name() + " " + step.call() + " "
                                + step.effect() + " " + step.input() + " "
                                + step.action().getClass().getSimpleName())
                        .toList()
                        .toString()
                : next.toString();
    }

    @Test
    void pure_same_history_gets_same_answer_from_any_replica() throws Exception {
        var run = finished();
        var retelling = retelling(run);
        int entries = engine.log(run).size();
        for (int count = 1; count < entries; count++) {
            History history = retelling.after(count);
            String first = told(kind().load(run).next(history));
            Program again = kind().load(run);
            assertThat(told(again.next(history))).as("after entry %d", count).isEqualTo(first);
            assertThat(told(again.next(history))).as("asked twice").isEqualTo(first);
        }
    }

    @Test
    void resumable_run_whose_replica_dies_after_any_entry_comes_to_the_same_end() throws Exception {
        var run = finished();
        var retelling = retelling(run);
        int entries = engine.log(run).size();
        for (int count = 1; count < entries; count++) {
            var program = new Replay(kind().load(run), run.id(), steps(run), kind().recall());
            var end = retelling.execution(count, program, step -> null);
            assertThat(end).as("end of a run left after entry %d", count).isNotNull();
            assertThat(end.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(end.data()).isEqualTo(engine.log(run).getLast().data());
        }
    }

    @Test
    void forkable_at_every_step_keeps_what_was_paid_for() throws Exception {
        var run = finished();
        for (var step : steps(run)) {
            var fork = new Fork(run.id(), step.number(), null, List.of(), null, null, ANN, null);
            var forked = engine.ended(reruns.fork(TestRuns.TENANT, fork));
            assertThat(forked.output()).as("fork at step %d", step.number()).isEqualTo(run.output());
            assertThat(forked.structuredOutput()).isEqualTo(run.structuredOutput());
            assertThat(forked.program()).isEqualTo(run.program());
            assertThat(steps(forked).getFirst().outcome().usage()).isEqualTo(Usage.NONE);
        }
        assertThat(engine.runs().get(TestRuns.TENANT, run.id())).isEqualTo(run);
    }

    @Test
    void retried_from_every_step_comes_to_the_same_end() throws Exception {
        var run = finished();
        for (var step : steps(run)) {
            var again = engine.ended(reruns.retry(TestRuns.TENANT, run.id(), step.number(), ANN, null));
            assertThat(again.output()).as("retry from step %d", step.number()).isEqualTo(run.output());
            assertThat(again.structuredOutput()).isEqualTo(run.structuredOutput());
            assertThat(again.program()).isEqualTo(run.program());
        }
    }

    @Test
    void replayable_for_nothing_and_compares_as_the_same() throws Exception {
        var run = finished();
        var replay = engine.ended(reruns.replay(TestRuns.TENANT, run.id(), null, null, ANN, null));

        assertThat(replay.output()).isEqualTo(run.output());
        assertThat(replay.structuredOutput()).isEqualTo(run.structuredOutput());
        assertThat(replay.usage()).isEqualTo(Usage.NONE);
        assertThat(reruns.compare(TestRuns.TENANT, run.id(), replay.id()))
                .hasSameSizeAs(steps(run))
                .allMatch(Reruns.Pair::isSame);
    }

    @Test
    void pin_of_a_revision_that_does_not_exist_is_refused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> kind().pin(TestRuns.TENANT, name(), 9_999))
                .isInstanceOf(dev.wheelhouse.base.Problem.class)
                .hasMessageContaining(name())
                .hasMessageContaining("9999");
    }
}
