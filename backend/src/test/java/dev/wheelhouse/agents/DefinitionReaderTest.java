package dev.wheelhouse.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.tools.FetchHeader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionReaderTest {

    private final DefinitionReader reader =
            new DefinitionReader(Set.of("default", "fast"), Set.of("clock", "calculator"));

    @Test
    void smallest_definition_gets_the_usual_limits() {
        var definition = reader.read("name: a\ninstructions: Be kind\n");

        assertThat(definition.model()).isEqualTo("default");
        assertThat(definition.tools()).isEmpty();
        assertThat(definition.fetch().hosts()).isEmpty();
        assertThat(definition.limits()).isEqualTo(Definition.Limits.USUAL);
    }

    @Test
    void every_field_is_read_from_yaml_and_from_json_alike() {
        var yaml = reader.read("""
                name: buyer
                description: Buys
                instructions: |
                  Buy.
                model: fast
                tools: [clock, calculator]
                limits: {steps: 7, tokens: 1_000, time: 90s, repeats: 2}
                http_fetch: {allow: [example.org, "*.example.com"]}
                temperature: 0.5
                maxOutputTokens: 300
                """);
        var json = reader.read("""
                {"name": "buyer", "description": "Buys", "instructions": "Buy.\\n", "model": "fast",
                 "tools": ["clock", "calculator"], "limits": {"steps": 7, "tokens": 1000, "time": "90s", "repeats": 2},
                 "http_fetch": {"allow": ["example.org", "*.example.com"]}, "temperature": 0.5, "maxOutputTokens": 300}""");

        assertThat(yaml).isEqualTo(json);
        assertThat(yaml.limits())
                .isEqualTo(new Definition.Limits(7, 40, 1_000, null, Duration.ofSeconds(90), 1_000_000, 3, 2, 10));
        assertThat(yaml.fetch().hosts()).isEqualTo(List.of("example.org", "*.example.com"));
    }

    @Test
    void caps_approvals_and_callable_agents_are_read() {
        var definition = reader.read("""
                name: buyer
                instructions: Buy.
                limits: {calls: 5, money: 0.50, output: 64KB, depth: 1, idle: 4}
                whenBusy: queue
                agents: [researcher]
                approvals:
                  - when: tool.name == "clock"
                    message: The time
                    expires: 2h
                    notRequester: true
                """);

        assertThat(definition.limits())
                .isEqualTo(new Definition.Limits(40, 5, 200_000, 500_000L, Duration.ofMinutes(30), 64_000, 1, 3, 4));
        assertThat(definition.whenBusy()).isEqualTo(NewRun.WhenBusy.QUEUE);
        assertThat(definition.agents()).containsExactly("researcher");
        assertThat(definition.approvals())
                .containsExactly(new Definition.Approval(
                        "tool.name == \"clock\"", "The time", Duration.ofHours(2), "reject", true));
    }

    @Test
    void keys_with_underscores_are_read_as_0_1_wrote_them() {
        var definition = reader.read("""
                name: buyer
                instructions: Buy.
                when_busy: queue
                max_output_tokens: 300
                approvals:
                  - when: tool.name == "clock"
                    not_requester: true
                """);

        assertThat(definition.whenBusy()).isEqualTo(NewRun.WhenBusy.QUEUE);
        assertThat(definition.maxOutputTokens()).isEqualTo(300);
        assertThat(definition.approvals().getFirst().notRequester()).isTrue();
    }

    @Test
    void mistakes_in_lists_of_rules_have_their_own_lines() {
        String text = """
                name: a
                instructions: x
                whenBusy: qeue
                limits: {output: lots, idle: 1}
                approvals:
                  - whn: "true"
                    otherwise: maybe
                """;

        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(m -> m.path() + " " + m.line())
                        .containsExactlyInAnyOrder(
                                "/whenBusy 3",
                                "/limits/output 4",
                                "/limits/idle 4",
                                "/approvals/0/whn 6",
                                "/approvals/0/when 6",
                                "/approvals/0/otherwise 7"));
    }

    @Test
    void all_mistakes_are_told_at_once_each_with_its_line_and_remedy() {
        String text = """
                name: Not A Name
                instruction: x
                model: defalt
                tools: [clock, calculater]
                limits: {steps: many, time: 3 weeks}
                http_fetch: {allow: ["https://example.org/"]}
                temperature: 9
                name: again
                """;

        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(m -> m.path() + " " + m.line() + " " + m.hint())
                        .containsExactlyInAnyOrder(
                                "/instruction 2 Did you mean \"instructions\"?",
                                "/name 8 Keep one of them",
                                "/model 3 Did you mean \"default\"?",
                                "/tools/1 4 Did you mean \"calculator\"?",
                                "/limits/steps 5 Use a number from 1 to 1,000",
                                "/limits/time 5 Use a time such as 90s, 10m or 2h, up to 168 h",
                                "/http_fetch/allow/0 6 Write a host such as example.org or *.example.org, without scheme or path",
                                "/temperature 7 Use a number from 0 to 2",
                                "/instructions 1 Add it"));
    }

    @Test
    void every_mistake_says_what_was_wanted_and_what_stands_there() {
        String text = """
                name: {a: b}
                instructions: "  "
                modle: fast
                temperature: warm
                maxOutputTokens: [1]
                limits: {steps: 2.5, output: lots, time: 3 weeks, calls: {}}
                whenBusy: qeue
                tools: clock
                approvals:
                  - when: ''
                agents: [{x: y}]
                """;

        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(Problem.Mistake::message)
                        .containsExactlyInAnyOrder(
                                "\"name\" must be text, not a mapping",
                                "\"instructions\" is empty",
                                "Unknown key \"modle\"",
                                "\"temperature\" must be a number, not \"warm\"",
                                "\"maxOutputTokens\" must be a number, not a list",
                                "\"steps\" must be a whole number",
                                "\"output\" must be a size, not \"lots\"",
                                "\"time\" must be a time, not \"3 weeks\"",
                                "\"calls\" must be a number, not a mapping",
                                "\"whenBusy\" cannot be \"qeue\"",
                                "\"tools\" must be a list",
                                "\"when\" is empty",
                                "This must be text, not a mapping"));
    }

    @Test
    void headers_of_pages_are_read_and_name_secrets_without_knowing_them() {
        var definition = reader.read("""
                name: a
                instructions: Be kind
                http_fetch:
                  allow: [api.example.org]
                  headers:
                    - {to: api.example.org, name: Authorization, value: "Bearer secret://crm-token"}
                """);

        assertThat(definition.fetch().headers())
                .isEqualTo(List.of(new FetchHeader("api.example.org", "Authorization", "Bearer secret://crm-token")));
        assertThatThrownBy(() -> reader.read("""
                name: a
                instructions: Be kind
                http_fetch:
                  headers:
                    - {to: "https://api.example.org", name: Content-Length, value: "secret://Crm"}
                    - {to: api.example.org, name: "X Y"}
                """))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.mistakes())
                        .extracting(Problem.Mistake::path)
                        .containsExactlyInAnyOrder(
                                "/http_fetch/headers/0/to",
                                "/http_fetch/headers/0/name",
                                "/http_fetch/headers/0/value",
                                "/http_fetch/headers/1/name",
                                "/http_fetch/headers/1/value"));
    }

    @Test
    void hostile_yaml_is_refused_and_costs_nothing() {
        for (var text : List.of(
                "",
                "[]",
                "- a",
                "just text",
                "a: &x [*x]",
                "a: &a [1]\nb: [*a, *a]",
                "!!javax.script.ScriptEngineManager []",
                "[".repeat(1_000),
                "{".repeat(1_000),
                "a: b: c",
                "\t",
                "name: [a]",
                "%YAML 9",
                "x".repeat(300_000),
                "name: a\ninstructions: {b: c}",
                "name: a\ninstructions: b\nlimits: 3",
                "name: a\ninstructions: b\ntools: clock")) {
            assertThatThrownBy(() -> reader.read(text))
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isInstanceOf(Problem.class);
        }
    }
}
