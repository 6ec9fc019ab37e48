package dev.wheelhouse.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is wrong with a definition, all of it at once, each at its place.
class StatesTest {

    /// The definition that the mistakes are made in.
    static final String REFUND = """
            kind: workflow
            name: refund
            description: Decides on a refund
            input: {type: object, required: [order, amount], properties: {order: {type: string}, amount: {type: number}}}
            start: judge
            states:
              judge:
                agent: refund-judge
                input: "Order ${input.order} wants ${input.amount} dollars back. Reason?"
                output: {schema: {type: object, required: [fair], properties: {fair: {type: boolean}}}}
                retry: {attempts: 3, delay: 2s, factor: 2, on: [rate_limited, timeout]}
                catch: [{on: [any], next: tell}]
                next: decide
              decide:
                choice: [{when: "!states.judge.output.fair", next: refuse}, {when: "input.amount > 100.0", next: approve}]
                otherwise: pay
              approve:
                approval: {message: "Refund ${input.amount}?", expires: 24h, otherwise: reject, notRequester: true}
                next: pay
                rejected: refuse
              pay: {tool: notes_write, args: {name: "refund-${input.order}", text: "${string(input.amount)}"}, next: done}
              tell: {tool: notes_write, args: {name: "trouble-${input.order}", text: "${error.message}"}, next: refuse}
              refuse: {fail: {code: refused, message: "Not refunded"}}
              done: {succeed: {output: "${{'order': input.order, 'paid': true}}"}}
            """;

    private static List<Problem.Mistake> mistakes(String text) {
        var problem =
                catchThrowableOfType(Problem.class, () -> States.read(text, TestNames.KNOWN, TestNames.STATES_ONLY));
        assertThat(problem).as("refusal of\n%s", text).isNotNull();
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_DEFINITION);
        return problem.mistakes();
    }

    /// Of a workflow with these states.
    private static List<Problem.Mistake> mistakesIn(String states) {
        return mistakes("name: refund\nstart: a\nstates:\n" + states.indent(2));
    }

    @Test
    void example_has_no_mistakes_and_every_state_its_kind() {
        var definition = States.read(REFUND, TestNames.KNOWN, TestNames.STATES_ONLY);

        assertThat(definition.machine().states().values())
                .extracting(State::kind)
                .containsExactly(
                        State.Kind.AGENT,
                        State.Kind.CHOICE,
                        State.Kind.APPROVAL,
                        State.Kind.TOOL,
                        State.Kind.TOOL,
                        State.Kind.FAIL,
                        State.Kind.SUCCEED);
        assertThat(definition.takesMessage()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            agent: refund-judge            | agent: refund-jugde             | There is no agent "refund-jugde"
            tool: notes_write, args: {name: "refund | tool: note_write, args: {name: "refund | There is no tool "note_write"
            next: decide                   | next: decid                     | There is no state "decid"
            start: judge                   | start: jugde                    | There is no state "jugde"
            rejected: refuse               | rejected: refusal               | There is no state "refusal"
            next: tell}                    | next: told}                     | There is no state "told"
            otherwise: pay                 | visits: 3                       | can fall through
            `input.amount > 100.0`         | `input.amount > `               | mismatched input
            `input.amount > 100.0`         | `amount > 100.0`                | undeclared reference
            `input.amount > 100.0`         | `input.amuont > 100.0`          | The input has no "amuont"
            `!states.judge.output.fair`    | `!states.juge.output.fair`      | There is no state "juge"
            `!states.judge.output.fair`    | `!states.judge.result.fair`     | A state has no "result"
            `!states.judge.output.fair`    | `1 + 'a' == 2`                  | no matching overload
            ${error.message}               | ${error.message                 | Character
            attempts: 3                    | attempts: 1                     | out of range
            delay: 2s                      | delay: soon                     | must be a time
            expires: 24h                   | expires: 90d                    | must be a time
            otherwise: reject              | otherwise: perhaps              | cannot be "perhaps"
            next: done}                    | nxt: done}                      | Unknown key "nxt"
            code: refused                  | code: Not Refused               | not the code of a failure
            name: refund                   | name: Refund!                   | not a valid name
            type: boolean                  | type: truth                     | truth
            text: "${string(input.amount)}"| txt: "${string(input.amount)}"  | takes no "txt"
            fail: {code: refused           | succeed: {code: refused         | Unknown key "code"
            kind: workflow                 | kind: agent                     | cannot be "agent"
            tool: notes_write, args: {name: "trouble | wait: {for: 1s}, tool: notes_write, args: {name: "trouble | has both
            """)
    void mistake_is_told_with_its_line(String right, String wrong, String message) {
        String text = REFUND.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong));
        assertThat(text).isNotEqualTo(REFUND);

        assertThat(mistakes(text)).anySatisfy(mistake -> {
            assertThat(mistake.message()).contains(message);
            assertThat(mistake.line()).isPositive();
            assertThat(mistake.column()).isPositive();
        });
    }

    @Test
    void states_that_nothing_leads_to_or_out_of_are_named() {
        assertThat(mistakesIn("""
                a: {set: {}, next: b}
                b: {set: {}, next: a}
                c: {succeed: {}}
                """))
                .extracting(Problem.Mistake::message)
                .contains("State \"c\" is never reached", "No way leads from state \"a\" to an end");
        assertThat(mistakesIn("a: {tool: calculator, args: {}}"))
                .extracting(Problem.Mistake::message)
                .contains("State \"a\" leads nowhere");
    }

    @Test
    void circle_of_workflows_is_refused() {
        assertThat(mistakesIn("a: {workflow: refund, next: b}\nb: {succeed: {}}"))
                .extracting(Problem.Mistake::message)
                .contains("Workflow \"refund\" calls itself");
        assertThat(mistakesIn("a: {workflow: caller, next: b}\nb: {succeed: {}}"))
                .extracting(Problem.Mistake::message)
                .contains("Workflow \"caller\" calls \"refund\" again");
    }

    @Test
    void tool_that_a_state_cannot_call_names_the_state_that_can() {
        assertThat(mistakesIn("a: {tool: wait, args: {seconds: 3}, next: b}\nb: {succeed: {}}"))
                .extracting(Problem.Mistake::hint)
                .contains("Write a state with \"wait\" instead");
    }

    @Test
    void branches_see_their_own_states_and_those_around_them() {
        var mistakes = mistakesIn("""
                a:
                  parallel:
                    branches:
                      left: {set: {x: 1}}
                      right: {set: {x: "${states.left.output}"}}
                  next: b
                b: {map: {over: "${[1]}", as: one, set: {x: "${one + index + item}"}}, next: c}
                c: {succeed: {output: "${index}"}}
                """);

        assertThat(mistakes)
                .extracting(Problem.Mistake::message)
                .anyMatch(message -> message.contains("There is no state \"left\" here"))
                .anyMatch(message -> message.contains("undeclared reference to 'item'"))
                .anyMatch(message -> message.contains("undeclared reference to 'index'"));
    }

    /// 300 definitions with several mistakes each, drawn from those above.
    @Test
    void generated_bad_definitions_are_refused_with_all_their_mistakes() {
        List<String[]> edits = List.of(
                new String[] {"agent: refund-judge", "agent: nobody", "There is no agent"},
                new String[] {"next: decide\n", "next: nowhere\n", "There is no state \"nowhere\""},
                new String[] {"otherwise: pay\n", "visits: 3\n", "can fall through"},
                new String[] {"rejected: refuse", "rejected: lost", "There is no state \"lost\""},
                new String[] {"attempts: 3", "attempts: many", "must be a number"},
                new String[] {"expires: 24h", "expires: never", "must be a time"},
                new String[] {
                    "tool: notes_write, args: {name: \"refund",
                    "tool: nothing, args: {name: \"refund",
                    "There is no tool"
                },
                new String[] {"${error.message}", "${trouble.message}", "undeclared reference to 'trouble'"},
                new String[] {"input.amount > 100.0", "input.price > 100.0", "The input has no \"price\""},
                new String[] {"code: refused", "code: NO", "not the code of a failure"},
                new String[] {"'paid': true", "'paid': states.paid.output", "There is no state \"paid\""},
                new String[] {"type: boolean", "type: bool", "bool"});
        long seed = 20261130;
        var random = new SplittableRandom(seed);
        for (int n = 0; n < 300; n++) {
            var chosen = new ArrayList<String[]>();
            while (chosen.isEmpty() || chosen.size() < 3 && random.nextBoolean()) {
                var edit = edits.get(random.nextInt(edits.size()));
                if (!chosen.contains(edit)) {
                    chosen.add(edit);
                }
            }
            String text = REFUND;
            for (var edit : chosen) {
                text = text.replace(edit[0], edit[1]);
            }
            var told = mistakes(text);
            String all = told.stream().map(Problem.Mistake::message).collect(Collectors.joining("\n"));
            for (var edit : chosen) {
                assertThat(all).as("seed %d, definition %d", seed, n).contains(edit[2]);
            }
            assertThat(told).allMatch(mistake -> mistake.line() > 0 && mistake.column() > 0);
        }
    }
}
