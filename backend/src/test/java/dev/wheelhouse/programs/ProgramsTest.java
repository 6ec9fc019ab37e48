package dev.wheelhouse.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunFilter;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Programs of more than one kind on one engine.
class ProgramsTest {

    private final Programs programs = programs(new Counting(), new Greeting());

    @Test
    void two_kinds_of_one_name_are_refused_with_both() {
        assertThatThrownBy(() -> programs(new Counting(), new Greeting(), new Counting()))
                .hasMessageContaining("\"counting\"")
                .hasMessageContaining(Counting.class.getName());
    }

    @Test
    void kind_that_is_not_here_is_named_with_those_that_are() {
        assertThatThrownBy(() -> programs.of(new Program.Pin("workflow", "w", 3)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("kind \"workflow\"")
                .hasMessageContaining("counting, greeting");
    }

    @Test
    void run_is_carried_out_by_the_kind_it_is_pinned_to() throws Exception {
        String url = TestDatabase.fresh();
        try (var engine = new TestRuns(url, programs)) {
            var counted = engine.runs().start(wanted("counting"));
            var greeted = engine.runs().start(wanted("greeting"));

            assertThat(engine.ended(counted).output()).isEqualTo("3");
            assertThat(engine.ended(greeted).output()).isEqualTo("Hello, any");
            assertThat(engine.runs()
                            .list(TestRuns.TENANT, new RunFilter(null, "greeting", "any", null), null, 10)
                            .data())
                    .extracting(run -> run.id())
                    .containsExactly(greeted.id());
        }
    }

    @Test
    void run_of_a_kind_that_only_a_newer_replica_knows_is_left_to_it() throws Exception {
        String url = TestDatabase.fresh();
        Run run;
        try (var older = new TestRuns(url, programs(new Counting()))) {
            run = older.runs().start(wanted("greeting"));
        }
        TestDatabase.execute(url, "UPDATE runs SET due_at = now()");

        try (var newer = new TestRuns(url, programs)) {
            assertThat(newer.ended(run).output()).isEqualTo("Hello, any");
        }
    }

    private static Programs programs(ProgramKind... kinds) {
        return new Programs(List.of(kinds), () -> {
            throw new IllegalStateException("Nothing is replayed here");
        });
    }

    private static NewRun wanted(String kind) {
        return NewRun.of(TestRuns.TENANT, new Program.Pin(kind, "any", 1), "[]").build();
    }
}
