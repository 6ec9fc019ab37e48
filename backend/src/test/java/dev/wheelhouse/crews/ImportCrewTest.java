package dev.wheelhouse.crews;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.TestNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in the shapes that CrewAI's users have: placeholders, folded texts, keys of all sorts.
class ImportCrewTest {

    private static final String AGENTS = """
            researcher:
              role: >
                {topic} Senior Data Researcher
              goal: >
                Uncover what is new in {topic}
              backstory: >
                You're known for finding the most
                relevant information.
              llm: provider/some-model
              tools: [SerperDevTool, clock]
              verbose: true
              allow_delegation: false
              max_iter: 5

            reporting_analyst:
              role: Reporting Analyst
              goal: Make reports for ${budget} a piece
              backstory: 'You write {"like": "this"} and ${NOT_OURS:-x}'
              max_execution_time: 300
            idle_one: {role: Nobody, goal: Nothing, backstory: None}
            """;

    private static final String TASKS = """
            # comments stay behind
            research_task:
              description: >
                Research {topic} as of {current_year}.
              expected_output: >
                A list with 10 bullet points about {topic}
              agent: researcher
            Reporting-Task:
              description: |
                Expand each point.
                Mind {{topic}}.
              expected_output: A report
              agent: reporting_analyst
              context:
                - research_task
              output_file: report.md
              human_input: true
            """;

    private static final Crews.Here HERE = new Crews.Here() {
        @Override
        public boolean hasModel(String alias) {
            return alias.equals("default");
        }

        @Override
        public boolean hasTool(String name) {
            return name.equals("clock");
        }
    };

    private static Crews.Imported imported(String agents, String tasks, String process) {
        return Crews.imported(new Crews.Files("news", agents, tasks, process), HERE);
    }

    private static Definition read(Crews.Imported imported) {
        return Crews.read(imported.yaml(), TestNames.KNOWN);
    }

    private static List<String> left(Crews.Imported imported) {
        return imported.left().stream().map(Crews.Left::path).toList();
    }

    @Test
    void files_become_a_crew_that_has_no_mistakes() {
        var crew = read(imported(AGENTS, TASKS, null));

        assertThat(crew.machine().states()).containsOnlyKeys("research_task", "reporting_Task", "done");
        assertThat(crew.agents()).containsOnlyKeys("researcher", "reporting-analyst");
        assertThat(crew.agents().get("researcher").limits().calls()).isEqualTo(5);
        assertThat(crew.agents().get("researcher").tools()).containsExactly("clock");
        assertThat(crew.agents().get("reporting-analyst").limits().time().toSeconds())
                .isEqualTo(300);
    }

    @Test
    void placeholders_are_asked_for_as_input_and_other_braces_stay_text() {
        var imported = imported(AGENTS, TASKS, "sequential");
        var input = read(imported).input();

        assertThat(input.path("required").toString()).isEqualTo("[\"budget\",\"current_year\",\"topic\"]");
        assertThat(imported.yaml())
                .contains("Research ${input.topic} as of ${input.current_year}.")
                .contains("${'$'}${input.budget} a piece")
                .contains("{${input.topic}}")
                .contains("{\"like\": \"this\"} and $${NOT_OURS:-x}");
    }

    @Test
    void what_could_not_be_carried_over_is_listed_with_its_place() {
        assertThat(left(imported(AGENTS, TASKS, null)))
                .containsExactlyInAnyOrder(
                        "agents.yaml/researcher/llm",
                        "agents.yaml/researcher/tools",
                        "agents.yaml/researcher/verbose",
                        "tasks.yaml/Reporting-Task/output_file",
                        "tasks.yaml/Reporting-Task/human_input",
                        "agents.yaml/idle_one");
    }

    @Test
    void members_of_a_led_crew_are_told_who_they_are_in_plain_words() {
        var imported = imported(AGENTS, TASKS, "Process.hierarchical");

        assertThat(read(imported).agents().get("researcher").instructions())
                .contains("the topic Senior Data Researcher");
        assertThat(read(imported).agents()).containsKeys("manager", "idle-one");
        assertThat(left(imported)).contains("agents.yaml/researcher/role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents: {a: {role: R, goal: G, backstory: B}}",
                "- name: a\n  role: R\n  goal: G\n  backstory: B",
                "- role: a\n  goal: G",
                "\"a\":\n    role: \"R\"\n    goal: \"G\"\n    backstory: \"\"\n    llm: null\n    tools: []",
                "a:\n  role: R # said\n  goal: &g Same\n  backstory: *g\n",
                "a:\n  role: |-\n    R\n\n  goal: >-\n    G\n    and more\n  backstory: 'it''s'\n  verbose: True\n",
                "a:\r\n  role: R\r\n  goal: G\r\n  backstory: B\r\n",
                "a: {role: R, goal: G, backstory: B, llm: {model: x, temperature: 0.2}, knowledge_sources: [1]}"
            })
    void agents_are_read_in_every_shape(String agents) {
        var crew = read(imported(agents, "do_it: {description: Do it, expected_output: It, agent: a}", null));

        assertThat(crew.agents()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t: {description: D, agent: a}",
                "tasks: {t: {description: D, agent: a, expected_output: E}}",
                "- name: t\n  description: D\n  agent: a",
                "t: {description: D, agent: nobody}",
                "t: {description: D}",
                "t: {description: D, agent: a, context: [later, unknown]}\nlater: {description: L, agent: a, context: 't, later'}",
                "研究: {description: 找, agent: a}",
                "1st task!: {description: D, agent: a}\nin: {description: E, agent: A}",
                "t: {expected_output: E, agent: a, async_execution: true, guardrail: no_lies, output_pydantic: Thing}",
                "t: {description: 'Give {\"a\": {b}} and {x-y} for {class} {Name}', agent: a, markdown: true}"
            })
    void tasks_are_read_in_every_shape(String tasks) {
        var crew = read(imported("a: {role: R, goal: G, backstory: B}", tasks, null));

        assertThat(crew.machine().states()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''            | t: {description: D}  | agents.yaml cannot be read
            just a text   | t: {description: D}  | agents.yaml cannot be read
            'a: {role: R}'| 't: [unclosed'       | tasks.yaml cannot be read
            'a: {role: R}'| '{}'                 | tasks.yaml cannot be read
            """)
    void files_that_hold_nothing_are_refused_by_name(String agents, String tasks, String told) {
        var problem = catchThrowableOfType(Problem.class, () -> imported(agents, tasks, null));

        assertThat(problem).hasMessageContaining(told);
    }

    @Test
    void unknown_process_is_refused() {
        assertThat(catchThrowableOfType(Problem.class, () -> imported(AGENTS, TASKS, "consensual")))
                .hasMessageContaining("consensual");
    }
}
