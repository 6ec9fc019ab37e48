package dev.wheelhouse.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.reruns.Fork;
import dev.wheelhouse.runs.TestRuns;
import dev.wheelhouse.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Runs of workflows over all kinds of states, by the real engine with the demo model.
class WorkflowRunTest extends RunsWorkflows {

    @Test
    void value_that_is_one_expression_keeps_its_type() throws Exception {
        var run = ended("""
                first: {set: {n: "${input.n + 1}", text: "n is ${input.n}", list: "${[1, 'a']}", raw: "$${x}"}, next: end}
                end: {succeed: {output: "${states.first.output}"}}
                """, "{\"n\": 41}");

        assertSucceeded(run);
        assertThat(Json.read(run.structuredOutput()))
                .isEqualTo(Json.read("{\"n\":42,\"text\":\"n is 41\",\"list\":[1,\"a\"],\"raw\":\"${x}\"}"));
    }

    @Test
    void choices_compare_whole_and_broken_numbers() throws Exception {
        put("tried", """
                first: {choice: [{when: "input.amount > 100.0", next: much}], otherwise: little}
                much: {succeed: {output: much}}
                little: {succeed: {output: "${string(input.amount)}"}}
                """);

        assertThat(engine.ended(start("tried", "{\"amount\": 150}")).output()).isEqualTo("much");
        assertThat(engine.ended(start("tried", "{\"amount\": 99.5}")).output()).isEqualTo("99.5");
        assertThat(engine.ended(start("tried", "{}")).failure().code()).isEqualTo("no_value");
    }

    @Test
    void choices_and_sets_take_no_commit_of_their_own() throws Exception {
        var run = ended("""
                first: {tool: calculator, args: {expression: "1 + 1"}, next: a}
                a: {set: {x: 1}, next: b}
                b: {choice: [{when: "true", next: c}], otherwise: c}
                c: {tool: calculator, args: {expression: "2 + 2"}, next: end}
                end: {succeed: {output: done}}
                """, "{}");

        assertSucceeded(run);
        assertThat(calls(run)).containsExactly("first", "a", "b", "c", "end");
        String commits = TestDatabase.query(
                url, "SELECT count(DISTINCT at) FROM log WHERE type <> 'run.created' AND run = '" + run.id() + "'");
        assertThat(Integer.parseInt(commits)).isLessThanOrEqualTo(2);
    }

    @Test
    void failed_attempts_are_tried_again_with_pauses_and_then_caught() throws Exception {
        var run = ended("""
                first:
                  tool: calculator
                  args: {expression: "1 / 0"}
                  retry: {attempts: 3, delay: 1s, factor: 1, on: [any]}
                  catch: [{on: [timeout], next: wrong}, {on: [any], next: end}]
                  next: wrong
                wrong: {fail: {code: wrong}}
                end: {succeed: {output: "${error.code} in ${error.state}"}}
                """, "{}");

        assertSucceeded(run);
        assertThat(run.output()).endsWith(" in first");
        assertThat(calls(run)).containsExactly("first", "first~2:pause", "first~2", "first~3:pause", "first~3", "end");
    }

    @Test
    void attempts_at_a_keyed_tool_share_one_key_and_the_next_visit_has_another() throws Exception {
        var run = ended("""
                first:
                  tool: pay_once
                  args: {}
                  retry: {attempts: 3, delay: 1s, factor: 1, on: [any]}
                  visits: 2
                  next: again
                again:
                  choice: [{when: "states.first.output.paid < 2.0", next: first}]
                  otherwise: end
                end: {succeed: {}}
                """, "{}");

        assertSucceeded(run);
        assertThat(pays.keys).hasSize(6).startsWith(pays.keys.get(0), pays.keys.get(0), pays.keys.get(0));
        assertThat(Set.copyOf(pays.keys)).hasSize(2);
    }

    @Test
    void loop_ends_at_its_visits() throws Exception {
        var run = ended("""
                first: {set: {}, visits: 3, next: again}
                again: {choice: [{when: "false", next: end}], otherwise: first}
                end: {succeed: {output: never}}
                """, "{}");

        assertThat(run.failure().code()).isEqualTo("too_many_visits");
        assertThat(calls(run)).endsWith("first#3", "again#3", "first#4");
    }

    @Test
    void branches_do_not_wait_for_each_other_and_join_in_one_output() throws Exception {
        var run = ended("""
                first:
                  parallel:
                    branches:
                      slow:
                        start: a
                        states: {a: {wait: {for: 2s}, next: b}, b: {tool: calculator, args: {expression: "1 + 1"}}}
                      quick:
                        start: a
                        states:
                          a: {tool: calculator, args: {expression: "2 + 2"}, next: b}
                          b: {tool: calculator, args: {expression: "3 + 3"}, next: c}
                          c: {succeed: {output: "${states.b.output.value}"}}
                  next: end
                end: {succeed: {output: "${states.first.output.quick}"}}
                """, "{}");

        assertSucceeded(run);
        assertThat(run.output()).isEqualTo("6");
        var order = TestDatabase.query(
                url,
                "SELECT string_agg(data::json ->> 'call', ' ' ORDER BY seq) FROM log WHERE type = 'step.succeeded' AND run = '"
                        + run.id() + "'");
        assertThat(order).startsWith("first/quick/a first/quick/b first/quick/c first/slow/a first/slow/b first");
    }

    @Test
    void map_keeps_the_order_of_its_items_and_tolerates_some_failures() throws Exception {
        var run = ended("""
                first:
                  map: {over: "${input.list}", as: n, atMost: 2, tolerate: 1, tool: calculator, args: {expression: "12 / ${n}"}}
                  next: end
                end: {succeed: {output: "${states.first.output.map(one, one == null ? 'none' : one.value)}"}}
                """, "{\"list\": [1, 0, 3, 4]}");

        assertSucceeded(run);
        assertThat(Json.read(run.structuredOutput())).isEqualTo(Json.read("[\"12\",\"none\",\"4\",\"3\"]"));
    }

    @Test
    void what_was_done_is_undone_in_reverse_when_the_run_fails() throws Exception {
        var run = ended("""
                first: {tool: notes_write, args: {name: a, text: one}, next: second, undo: {tool: notes_write, args: {name: a, text: "undone ${states.first.output.saved}"}}}
                second: {tool: notes_write, args: {name: b, text: two}, next: third, undo: {tool: notes_write, args: {name: b, text: undone}}}
                third: {fail: {code: refused, message: "Not today"}}
                """, "{}");

        assertThat(run.failure().code()).isEqualTo("refused");
        assertThat(calls(run)).containsExactly("first", "second", "third", "second:undo", "first:undo");
        assertThat(note("a")).isEqualTo("undone a");
        assertThat(note("b")).isEqualTo("undone");
    }

    @Test
    void what_was_rejected_is_not_undone() throws Exception {
        var run = ended("""
                first:
                  approval: {message: "Go on?", expires: 1s, otherwise: reject}
                  next: end
                  undo: {tool: notes_write, args: {name: a, text: undone}}
                end: {succeed: {output: done}}
                """, "{}");

        assertThat(run.failure().code()).isEqualTo("rejected");
        assertThat(calls(run)).containsExactly("first");
        assertThat(note("a")).isEmpty();
    }

    @Test
    void output_that_is_too_large_is_refused_and_not_cut() throws Exception {
        var run = ended("""
                first: {set: {x: "${input.text}"}, next: second}
                second: {set: {all: "${states.first.output.x + states.first.output.x}"}, next: end}
                end: {succeed: {output: done}}
                """, "{\"text\": \"" + "x".repeat(200_000) + "\"}");

        assertThat(run.failure().code()).isEqualTo("output_too_large");
        assertThat(run.failure().message()).contains("second").contains("262,144");
    }

    @Test
    void retry_begins_at_the_state_that_failed_and_acts_once() throws Exception {
        var run = ended("""
                first: {tool: notes_write, args: {name: a, text: one}, next: second}
                second: {choice: [{when: "input.gone.x", next: end}], otherwise: end}
                end: {succeed: {output: done}}
                """, "{}");
        assertThat(run.failure().code()).isEqualTo("no_value");

        var again = engine.ended(reruns.retry(TestRuns.TENANT, run.id(), null, ANN, null));
        assertThat(again.failure().code()).isEqualTo("no_value");
        assertThat(TestDatabase.query(url, "SELECT count(*) FROM note_writes")).isEqualTo("1");
    }

    @Test
    void fork_with_an_edited_output_goes_another_way() throws Exception {
        var run = ended("""
                first: {agent: clerk, input: "what is 1 + 1", next: second}
                second: {choice: [{when: "states.first.output == 'yes'", next: yes}], otherwise: no}
                yes: {succeed: {output: went yes}}
                no: {succeed: {output: went no}}
                """.replace("no:", "not:").replace("otherwise: no", "otherwise: not"), "{}");
        assertThat(run.output()).isEqualTo("went no");

        var fork = new Fork(run.id(), 1, null, List.of(new Fork.Edit(1, "\"yes\"")), null, null, ANN, null);
        assertThat(engine.ended(reruns.fork(TestRuns.TENANT, fork)).output()).isEqualTo("went yes");
    }
}
