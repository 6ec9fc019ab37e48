package dev.wheelhouse.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.LostRunException;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every tool keeps to, whoever writes it.
@PlatformTest
class ToolContractTest {

    private static final Map<String, String> GOOD_ARGUMENTS = Map.of(
            "clock", "{}",
            "calculator", "{\"expression\":\"17 * 23\"}",
            "wait", "{\"seconds\":5}",
            "ask_person", "{\"question\":\"Which colour?\",\"options\":[\"red\",\"blue\"]}",
            "call_agent", "{\"agent\":\"researcher\",\"input\":\"Read\"}",
            "notes_write", "{\"name\":\"rope\",\"text\":\"40 m\"}",
            "notes_read", "{\"name\":\"rope\"}",
            "notes_list", "{}",
            "http_fetch", "{\"url\":\"https://example.org/\"}");

    /// Of agents with collections or a memory.
    private static final Map<String, String> OF_KNOWLEDGE = Map.of(
            "knowledge_search", "{\"query\":\"How long is the rope?\"}",
            "memory_save", "{\"text\":\"Likes the window seat\",\"kind\":\"preference\"}",
            "memory_search", "{\"query\":\"seat\"}",
            "memory_forget", "{\"what\":\"seat\"}");

    @Inject
    Tools tools;

    private static String good(String tool) {
        return GOOD_ARGUMENTS.getOrDefault(tool, OF_KNOWLEDGE.get(tool));
    }

    Stream<ToolInfo> tools() {
        return tools.list().stream();
    }

    /// A call that is the engine's to see to is right where the tool knows what it comes down to.
    private ToolResult call(String tool, String arguments) throws InterruptedException {
        if (tools.later(tool, arguments, tools.names()).isPresent()) {
            return ToolResult.of("{}");
        }
        return tools.call(tool, arguments, tools.names(), new TestToolContext("k", List.of()));
    }

    @Test
    void every_tool_is_under_contract() {
        var known = new java.util.TreeSet<>(GOOD_ARGUMENTS.keySet());
        known.addAll(OF_KNOWLEDGE.keySet());

        assertThat(tools.names()).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void has_a_name_and_a_description_that_every_provider_accepts(ToolInfo tool) {
        assertThat(tool.name()).matches("[a-z][a-z0-9_]{0,63}");
        assertThat(tool.description()).hasSizeBetween(20, 300).endsWith(".");
        assertThat(tool.timeout()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void has_a_valid_schema_of_a_closed_object(ToolInfo tool) {
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(tool.schema())).isEmpty();
        assertThat(tool.schema().path("type").asText()).isEqualTo("object");
        assertThat(tool.schema().path("additionalProperties").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void describes_each_of_its_arguments(ToolInfo tool) {
        assertThat(tool.schema().path("properties").properties()).allSatisfy(property -> assertThat(
                        property.getValue().path("description").asText())
                .as("%s of %s", property.getKey(), tool.name())
                .hasSizeGreaterThan(8));
    }

    @Test
    void every_tool_has_its_row_in_the_docs_and_every_row_its_tool() throws IOException {
        String page = Files.readString(Path.of("../docs/agents.md"));
        var rows = new java.util.TreeMap<String, String>();
        for (String table : page.split("\\| tool \\| what it does \\| effect class \\|\n")) {
            if (table.startsWith("|---")) {
                for (String row : table.split("\n\n", 2)[0].lines().skip(1).toList()) {
                    String[] cells = row.split(" \\| |\\| ?");
                    for (String name : cells[1].strip().split(", ")) {
                        rows.put(name.replace("`", ""), cells[cells.length - 1].strip());
                    }
                }
            }
        }
        var tools = new java.util.TreeMap<String, String>();
        this.tools
                .list()
                .forEach(tool -> tools.put(tool.name(), tool.effect().name().toLowerCase(Locale.ROOT)));

        assertThat(rows).isEqualTo(tools);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void accepts_good_arguments_and_names_all_that_is_wrong_with_bad_ones(ToolInfo tool) throws Exception {
        var good = call(tool.name(), good(tool.name()));
        assertThat(good.failure() == null || !good.failure().code().equals("invalid_arguments"))
                .isTrue();

        var bad = call(tool.name(), "{\"first_wrong\":1,\"second_wrong\":2}");
        assertThat(bad.failure().code()).isEqualTo("invalid_arguments");
        assertThat(bad.failure().message()).contains("first_wrong").contains("second_wrong");
        assertThat(call(tool.name(), "not json").failure().code()).isEqualTo("invalid_arguments");
        assertThat(call(tool.name(), "[1]").failure().code()).isEqualTo("invalid_arguments");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void is_not_called_where_it_was_not_granted(ToolInfo tool) throws Exception {
        var refused = tools.call(tool.name(), good(tool.name()), Set.of("other"), new TestToolContext("k", List.of()));
        assertThat(refused.failure().code()).isEqualTo("unknown_tool");
    }

    @ParameterizedTest
    @MethodSource("tools")
    void answers_with_json(ToolInfo tool) throws Exception {
        var result = call(tool.name(), good(tool.name()));
        if (result.failure() == null) {
            assertThat(Json.read(String.valueOf(result.json()))).isNotNull();
        } else {
            assertThat(result.failure().message()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void changes_nothing_once_the_run_is_lost(ToolInfo tool) {
        boolean isTheEngines =
                tools.later(tool.name(), good(tool.name()), tools.names()).isPresent();
        if (tool.effect() != Effect.READ && !isTheEngines) {
            var lost = new TestToolContext("lost", List.of()) {
                @Override
                public void ensureOwned() {
                    throw new LostRunException("taken");
                }
            };
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> tools.call(tool.name(), good(tool.name()), tools.names(), lost))
                    .isInstanceOf(LostRunException.class);
        }
    }

    @Test
    void note_is_written_once_for_its_key_even_where_another_write_came_between() throws Exception {
        write("k1", "first");
        write("k2", "second");
        write("k1", "first");

        assertThat(call("notes_read", "{\"name\":\"n\"}").json()).contains("second");
        assertThat(call("notes_list", "{}").json()).contains("\"n\"");
        assertThat(call("notes_read", "{\"name\":\"nn\"}").failure().hint()).isEqualTo("Did you mean \"n\"?");
    }

    private void write(String key, String text) throws InterruptedException {
        var result = tools.call(
                "notes_write",
                "{\"name\":\"n\",\"text\":\"" + text + "\"}",
                tools.names(),
                new TestToolContext(key, List.of()));
        assertThat(result.failure()).isNull();
    }

    @Test
    void notes_of_another_tenant_are_not_there() throws Exception {
        write("k9", "mine");
        var foreign = new TestToolContext("k", List.of()) {
            @Override
            public TenantId tenant() {
                return new TenantId("other");
            }
        };
        assertThat(tools.call("notes_read", "{\"name\":\"n\"}", tools.names(), foreign)
                        .failure()
                        .code())
                .isEqualTo("not_found");
    }

    @Test
    void calculator_counts_in_decimals() throws Exception {
        assertThat(call("calculator", "{\"expression\":\"0.1 + 0.2\"}").json()).isEqualTo("{\"value\":\"0.3\"}");
        assertThat(call("calculator", "{\"expression\":\"18 * 42.50 + 3 * 110\"}")
                        .json())
                .isEqualTo("{\"value\":\"1095\"}");
        assertThat(call("calculator", "{\"expression\":\"1 / 0\"}").failure().code())
                .isEqualTo("invalid_arguments");
        assertThat(call("calculator", "{\"expression\":\"2 +\"}").failure().message())
                .contains("2 +");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9^9^9^9",
                "1e999999999 + 1",
                "FLOOR(1e999999999)",
                "ROUND(1e-999999999, 999999999)",
                "1e999999999 % 3",
                "FACT(999999999)",
                "FACT(FACT(450))",
                "10^100000",
                "STR_MATCHES(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")",
                "DT_NOW()",
                "unknown + 1"
            })
    void calculator_refuses_at_once_what_would_cost_too_much(String expression) throws Exception {
        var result = call("calculator", "{\"expression\":" + Json.quote(expression) + "}");

        assertThat(result.failure()).as(String.valueOf(result.json())).isNotNull();
        assertThat(result.failure().code()).isEqualTo("invalid_arguments");
    }

    @ParameterizedTest
    @CsvSource({
        "2^10 / 4,256",
        "SQRT(16) + ABS(-2),6",
        "'ROUND(10/3, 2)',3.33",
        "'MAX(1, 2, 3) * 2(3)',18",
        "FACT(20),2432902008176640000",
        "-(-3),3",
        "10^70,1E+70",
        "'IF(2 > 1, 5, 6)',5",
        "7 % 4,3"
    })
    void calculator_answers(String expression, String value) throws Exception {
        assertThat(call("calculator", "{\"expression\":\"" + expression + "\"}").json())
                .isEqualTo("{\"value\":\"" + value + "\"}");
    }

    @Test
    void mistakes_are_told_with_place_value_and_remedy() throws Exception {
        assertThat(call("wait", "{\"seconds\":90000,\"secnds\":1}").failure().message())
                .contains("/seconds is 90000: must have a maximum value of 86400")
                .contains("Unknown field \"secnds\". Did you mean \"seconds\"?");
        assertThat(call("clock", "{\"zone\":\"Europe/Berln\"}").failure().hint())
                .isEqualTo("Did you mean \"Europe/Berlin\"?");
    }

    @Test
    void tool_that_breaks_does_not_tell_its_insides() throws Exception {
        var broken = new Tools(List.of(new OneTool(Duration.ofSeconds(5)) {
            @Override
            public JsonNode call(JsonNode arguments, ToolContext context) {
                throw new IllegalStateException("secret table");
            }
        }));
        var failure = broken.call("one", "{}", Set.of("one"), new TestToolContext("k", List.of()))
                .failure();

        assertThat(failure.code()).isEqualTo("tool_broke");
        assertThat(failure.message()).doesNotContain("secret");
    }

    @Test
    void output_too_deep_for_the_log_is_cut() throws Exception {
        var deep = new Tools(List.of(new OneTool(Duration.ofSeconds(5)) {
            @Override
            public JsonNode call(JsonNode arguments, ToolContext context) {
                return Json.read("[".repeat(60) + "]".repeat(60));
            }
        }));
        assertThat(deep.call("one", "{}", Set.of("one"), new TestToolContext("k", List.of()))
                        .json())
                .contains("\"truncated\":true");
    }

    @Test
    void slow_tool_is_cut_off_and_interrupted() throws Exception {
        var interrupted = new CountDownLatch(1);
        var slow = new Tools(List.of(new OneTool(Duration.ofMillis(100)) {
            @Override
            public JsonNode call(JsonNode arguments, ToolContext context) throws Exception {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return arguments;
            }
        }));
        var result = slow.call("one", "{}", Set.of("one"), new TestToolContext("k", List.of()));

        assertThat(result.failure().code()).isEqualTo("timeout");
        Await.open(interrupted);
    }

    @Test
    void large_output_is_cut_and_says_so() throws Exception {
        var large = new Tools(List.of(new OneTool(Duration.ofSeconds(5)) {
            @Override
            public JsonNode call(JsonNode arguments, ToolContext context) {
                return Json.mapper().getNodeFactory().textNode("x".repeat(200_000));
            }
        }));
        var json = Json.read(String.valueOf(large.call("one", "{}", Set.of("one"), new TestToolContext("k", List.of()))
                .json()));

        assertThat(json.path("truncated").asBoolean()).isTrue();
        assertThat(json.path("beginning").asText().length()).isLessThan(64 * 1024);
    }

    private abstract static class OneTool implements Tool {
        private final Duration timeout;

        OneTool(Duration timeout) {
            this.timeout = timeout;
        }

        @Override
        public String name() {
            return "one";
        }

        @Override
        public String description() {
            return "A tool of this test.";
        }

        @Override
        public Effect effect() {
            return Effect.READ;
        }

        @Override
        public String schema() {
            return "{\"type\":\"object\"}";
        }

        @Override
        public Duration timeout() {
            return timeout;
        }
    }
}
