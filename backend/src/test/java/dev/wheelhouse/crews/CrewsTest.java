package dev.wheelhouse.crews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.TestNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a crew stands for, and what is wrong with one, all of it at once.
class CrewsTest {

    private static final String CREW = """
            kind: workflow
            name: report
            input: {type: object, required: [topic], properties: {topic: {type: string}}}
            crew:
              process: sequential
              members:
                finder:
                  role: Finder
                  goal: Find it
                  backstory: You look twice.
                  tools: [clock]
                judge: {agent: clerk, role: Judge}
                writer: {role: "Writer on ${input.topic}"}
              tasks:
                find: {description: "Look up ${input.topic}", expected_output: A list, member: finder}
                judge: {description: Judge it, member: judge, context: [find], schema: {type: object}}
                write: {description: "Write of ${states.find.output}", member: writer, context: []}
            """;

    private static Definition read(String text) {
        return Crews.read(text, TestNames.KNOWN);
    }

    private static List<String> mistakes(String text) {
        var problem = catchThrowableOfType(Problem.class, () -> read(text));
        return problem.mistakes().stream()
                .map(wrong -> "%d:%d %s".formatted(wrong.line(), wrong.column(), wrong.message()))
                .toList();
    }

    private static State.Agent task(Definition definition, String name) {
        return (State.Agent) definition.machine().states().get(name);
    }

    @Test
    void sequential_crew_is_one_state_for_each_task_in_their_order() {
        var crew = read(CREW);

        assertThat(crew.machine().states()).containsOnlyKeys("find", "judge", "write", "done");
        assertThat(crew.machine().start()).isEqualTo("find");
        assertThat(task(crew, "find").way().next()).isEqualTo("judge");
        assertThat(task(crew, "write").way().next()).isEqualTo("done");
        assertThat(task(crew, "judge").agent()).isEqualTo("clerk");
        assertThat(task(crew, "judge").schema()).isNotNull();
    }

    @Test
    void members_without_a_stored_agent_are_the_workflows_own() {
        var agents = read(CREW).agents();

        assertThat(agents).containsOnlyKeys("finder", "writer");
        assertThat(agents.get("finder").instructions())
                .isEqualTo("You are Finder.\nYou look twice.\nYour goal: Find it");
        assertThat(agents.get("finder").tools()).containsExactly("clock");
        assertThat(agents.get("writer").instructions()).doesNotContain("${");
    }

    @Test
    void task_is_told_who_does_it_what_came_before_and_what_is_expected() {
        String shown = Crews.asStates(CREW);

        assertThat(shown)
                .contains("You are Writer on ${input.topic}.")
                .contains("What came of the task \"find\":")
                .contains("Expected output: A list")
                .contains("succeed: {output: '${states.write.output}'}");
    }

    @Test
    void states_of_a_crew_are_a_definition_that_does_the_same() {
        String shown = Crews.asStates(CREW);
        var again = read(shown);

        assertThat(again.machine().states().keySet())
                .isEqualTo(read(CREW).machine().states().keySet());
        assertThat(again.agents()).isEqualTo(read(CREW).agents());
        assertThat(Crews.asStates(shown)).isEqualTo(shown);
    }

    @Test
    void manager_does_every_task_and_may_call_every_member() {
        var crew = read(CREW.replace("sequential", "hierarchical")
                .replace("Writer on ${input.topic}", "Writer")
                .replace("member: finder}", "member: finder}\n    close: {description: End it}"));

        assertThat(task(crew, "find").agent()).isEqualTo("manager");
        assertThat(task(crew, "close").agent()).isEqualTo("manager");
        var manager = crew.agents().get("manager");
        assertThat(manager.tools()).containsExactly("call_agent");
        assertThat(manager.agents()).containsExactly("finder", "clerk", "writer");
        assertThat(manager.instructions()).contains("- finder: Finder. Goal: Find it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            process: sequential            | process: paralel              | 5:12 "process" cannot be "paralel"
            process: sequential            | manager: {role: Boss}         | 5:12 A sequential crew has no manager
            role: Finder                   | rol: Finder                   | 8:7 Unknown key "rol"
            role: Finder                   | role: [a]                     | 8:13 "role" must be text, not a list
            tools: [clock]                 | tools: [clok]                 | 11:15 There is no tool "clok"
            agent: clerk                   | agent: clark                  | 12:20 There is no agent "clark"
            agent: clerk                   | agent: clerk, model: default  | 12:34 "model" is what the agent "clerk" says itself
            member: finder                 | member: findr                 | 15:84 There is no member "findr"
            context: [find]                | context: [write]              | 16:61 Task "write" comes after "judge"
            context: [find]                | context: [judge]              | 16:61 Task "judge" cannot be told its own output
            context: [find]                | context: [fin]                | 16:61 There is no task "fin"
            member: judge,                 | expected_output: E,                   | 16:12 Task "judge" has nobody to do it
            description: Judge it          | descripton: Judge it          | 16:13 Unknown key "descripton"
            schema: {type: object}         | schema: {type: objekt}        | 16:83 There is no type
            ${states.find.output}          | ${states.fnd.output}          | 17:26 There is no state "fnd" here
            Look up ${input.topic}         | Look up ${input.topik}        | 15:25 The input has no "topik"
            finder:                        | Finder:                       | 8:7 "Finder" is not a valid name of a member
            write: {                       | Write: {                      | 17:12 "Write" is not a valid name of a task
            """)
    void mistake_is_told_where_it_stands(String right, String wrong, String told) {
        assertThat(mistakes(CREW.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong))))
                .anySatisfy(line -> assertThat(line).startsWith(told));
    }

    @Test
    void all_mistakes_are_told_at_once() {
        String wrong = CREW.replace("tools: [clock]", "tools: [clok]")
                .replace("member: finder", "member: findr")
                .replace("agent: clerk", "agent: clark")
                .replace("context: []", "context: [nothing]")
                .replace("name: report", "name: Report");

        assertThat(mistakes(wrong))
                .hasSize(5)
                .isSortedAccordingTo((a, b) ->
                        Integer.compare(Integer.parseInt(a.split(":")[0]), Integer.parseInt(b.split(":")[0])));
    }

    @Test
    void crew_and_states_cannot_stand_side_by_side() {
        assertThat(mistakes(CREW + "start: x\nstates: {x: {succeed: {}}}\n"))
                .anyMatch(line -> line.endsWith("\"states\" cannot stand beside \"crew\""));
    }

    @Test
    void member_that_others_call_cannot_speak_of_the_input() {
        assertThat(mistakes(CREW.replace("sequential", "hierarchical")))
                .anyMatch(line -> line.contains("\"role\" cannot speak of the input"));
    }

    @Test
    void crew_without_members_or_tasks_is_told_what_it_needs() {
        assertThat(mistakes("kind: workflow\nname: a\ncrew: {}\n"))
                .anyMatch(line -> line.endsWith("A crew needs a member at least"))
                .anyMatch(line -> line.endsWith("A crew needs a task at least"));
        assertThat(mistakes("kind: workflow\nname: a\ncrew: nobody\n")).anyMatch(line -> line.contains("mapping"));
    }
}
