package dev.wheelhouse.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelException;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelMessage.Assistant;
import dev.wheelhouse.models.ModelMessage.ToolResult;
import dev.wheelhouse.models.ModelMessage.User;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.TestModels;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `docs/demo-model.md` promises.
class DemoModelTest {

    private static final List<ToolDescription> TOOLS = List.of(
            tool("clock", "{'zone':{'type':'string'}}", "[]"),
            tool("calculator", "{'expression':{'type':'string'}}", "['expression']"),
            tool("notes_write", "{'name':{'type':'string'},'text':{'type':'string'}}", "['name','text']"),
            tool("notes_read", "{'name':{'type':'string'}}", "['name']"),
            tool("notes_list", "{}", "[]"),
            tool("http_fetch", "{'url':{'type':'string'}}", "['url']"),
            tool("wait", "{'seconds':{'type':'integer'}}", "['seconds']"),
            tool("send_mail", "{'to':{'type':'string'},'urgent':{'type':'boolean'}}", "['to','urgent']"));

    private final Models models = Demo.models();
    private final StringBuilder shown = new StringBuilder();

    private static ToolDescription tool(String name, String properties, String required) {
        return new ToolDescription(name, "Does " + name, TestModels.schema(properties, required));
    }

    private ModelReply ask(List<ModelMessage> messages, List<ToolDescription> tools) throws InterruptedException {
        shown.setLength(0);
        var call = new ModelCall(
                TenantId.DEFAULT, "default", "Be kind.", messages, tools, null, null, Duration.ofSeconds(30));
        return models.call(call, shown::append);
    }

    private ModelReply ask(String text) throws InterruptedException {
        return ask(List.of(new User(text)), TOOLS);
    }

    /// Asks, answers each tool call with the same result, and asks again until there is text.
    private ModelReply converse(String text, String result) throws InterruptedException {
        var messages = new ArrayList<ModelMessage>(List.of(new User(text)));
        ModelReply reply = ask(messages, TOOLS);
        for (int round = 0; round < 5 && !reply.toolCalls().isEmpty(); round++) {
            messages.add(new Assistant(reply.text(), reply.toolCalls()));
            reply.toolCalls().forEach(call -> messages.add(new ToolResult(call.id(), call.tool(), result, false)));
            reply = ask(messages, TOOLS);
        }
        return reply;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "what is 17 * 23                 | calculator  | {\"expression\":\"17 * 23\"}",
                "What is 17 × 23?                | calculator  | {\"expression\":\"17 * 23\"}",
                "(2 + 3) * 4 =                   | calculator  | {\"expression\":\"(2 + 3) * 4\"}",
                "calculate 2^10 / 3.5            | calculator  | {\"expression\":\"2^10 / 3.5\"}",
                "what time is it                 | clock       | {}",
                "what time is it in Asia/Tokyo?  | clock       | {\"zone\":\"Asia/Tokyo\"}",
                "note rope: 40 m                 | notes_write | {\"name\":\"rope\",\"text\":\"40 m\"}",
                "note plan: wait 10 s, then fail | notes_write | {\"name\":\"plan\",\"text\":\"wait 10 s, then fail\"}",
                "read note rope                  | notes_read  | {\"name\":\"rope\"}",
                "list notes                      | notes_list  | {}",
                "fetch https://example.org.      | http_fetch  | {\"url\":\"https://example.org\"}",
                "wait 10 s                       | wait        | {\"seconds\":10}",
                "please wait for 2 minutes       | wait        | {\"seconds\":120}",
                "use send_mail                   | send_mail   | {\"to\":\"demo\",\"urgent\":false}",
                "call send_mail {\"to\":\"Ann\"} | send_mail   | {\"to\":\"Ann\"}",
            })
    void a_plain_request_becomes_a_tool_call(String asked, String tool, String arguments) throws Exception {
        ModelReply reply = ask(asked);

        assertThat(reply.toolCalls()).hasSize(1);
        assertThat(reply.toolCalls().getFirst().tool()).isEqualTo(tool);
        assertThat(reply.toolCalls().getFirst().arguments()).isEqualTo(arguments);
        assertThat(reply.finish()).isEqualTo("tool_calls");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use clock and calculator at once",
                "what time is it and what is 17 * 23",
                "what is 17 * 23, and what time is it?"
            })
    void several_tools_are_called_at_once(String asked) throws Exception {
        assertThat(ask(asked).toolCalls())
                .extracting(ToolRequest::tool)
                .containsExactlyInAnyOrder("clock", "calculator");
    }

    @Test
    void every_phrase_of_its_page_is_understood() throws Exception {
        var tools = new ArrayList<>(TOOLS);
        tools.add(tool("some_tool", "{}", "[]"));
        tools.add(tool("knowledge_search", "{\"query\": {\"type\": \"string\"}}", "[\"query\"]"));
        var phrases = Files.readAllLines(Path.of("../docs/demo-model.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Pattern.compile("`([^`]+)`")
                        .matcher(line.split("\\|")[1])
                        .results())
                .map(phrase -> phrase.group(1))
                .filter(phrase -> !phrase.equals("fail") && !phrase.contains("slow") && !phrase.startsWith("hold"))
                .toList();

        assertThat(phrases).hasSizeGreaterThan(15);
        for (String phrase : phrases) {
            assertThat(ask(List.of(new User(phrase)), tools).text()).as(phrase).doesNotContain("I am the");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"use http_fetch", "please call my_tool {\"a\": 1}", "run the tool note_book", "use `clock`"})
    void tool_it_is_not_offered_is_named(String phrase) throws Exception {
        var answer = ask(List.of(new User(phrase)), List.of(tool("calculator", "{}", "[]")));

        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.text()).startsWith("For that I need the tool `").contains("which this agent does not have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait for 2 parsecs", "wait 3 fortnights", "be slow for 2 days", "Wait 10 minuts, please"})
    void time_in_a_unit_it_does_not_know_is_refused_in_words(String phrase) throws Exception {
        assertThat(ask(phrase).toolCalls()).isEmpty();
        assertThat(ask(phrase).text()).startsWith("I do not know how long a unit of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"maxLength\":5},\"n\":{\"type\":\"integer\",\"minimum\":7}},\"required\":[\"a\",\"n\"]}",
                "{\"type\":\"object\",\"properties\":{\"kind\":{\"enum\":[\"x\",\"y\"]},\"is\":{\"const\":3},\"day\":{\"type\":\"string\",\"format\":\"date\"}},\"required\":[\"kind\",\"is\",\"day\"]}",
                "{\"type\":\"object\",\"properties\":{\"list\":{\"type\":\"array\",\"minItems\":2,\"items\":{\"$ref\":\"#/$defs/one\"}}},\"required\":[\"list\"],\"$defs\":{\"one\":{\"type\":\"object\",\"properties\":{\"next\":{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#/$defs/one\"}]}},\"required\":[\"next\"]}}}",
                "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\",\"exclusiveMinimum\":2,\"multipleOf\":0.5},\"t\":{\"type\":[\"string\",\"null\"],\"minLength\":9}},\"required\":[\"n\",\"t\"]}"
            })
    void answer_with_a_schema_is_an_example_that_matches(String schema) throws Exception {
        var call = new ModelCall(
                TenantId.DEFAULT,
                "default",
                "",
                List.of(new User("what is new")),
                List.of(),
                Json.read(schema),
                null,
                null,
                Duration.ofSeconds(10));

        String text = Demo.models().call(call, delta -> {}).text();

        assertThat(Schema.of(Json.read(schema)).wrong(Json.read(text))).as(text).isEmpty();
    }

    @Test
    void each_tool_it_is_offered_can_be_called_by_name() throws Exception {
        for (ToolDescription tool : TOOLS) {
            assertThat(ask("use " + tool.name()).toolCalls())
                    .extracting(ToolRequest::tool)
                    .containsExactly(tool.name());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "what is 17 * 23           | {\"value\":\"391\"}              | 17 × 23 = **391**",
                "what time is it           | {\"time\":\"2026-11-21T12:00:00Z\",\"zone\":\"UTC\",\"day\":\"Saturday\"} | It is **12:00** on Saturday, 2026-11-21 (UTC).",
                "note rope: 40 m           | {\"stored\":true}                | Noted **rope**: 40 m",
                "read note rope            | {\"name\":\"rope\",\"text\":\"40 m\"} | The note **rope** says: 40 m",
                "list notes                | {\"names\":[\"rope\"]}           | There is 1 note:",
                "fetch https://example.org | {\"status\":200,\"text\":\"Hi\"} | answered with status 200",
                "wait 10 s                 | {\"waited\":\"10 s\"}            | Waited 10 s.",
                "use send_mail             | sent                             | `send_mail` answered",
            })
    void the_answer_tells_what_the_tool_said(String asked, String result, String said) throws Exception {
        ModelReply reply = converse(asked, result);

        assertThat(reply.text()).contains(said);
        assertThat(reply.finish()).isEqualTo("stop");
    }

    @Test
    void several_results_become_a_table() throws Exception {
        assertThat(converse("use clock and calculator at once", "{\"result\":\"42\"}")
                        .text())
                .contains("| Tool | Asked | Answered |", "| `calculator` | `6 * 7` | 42 |");
    }

    @Test
    void requests_joined_by_then_are_done_one_after_the_other() throws Exception {
        var messages =
                new ArrayList<ModelMessage>(List.of(new User("what is 2 + 2, then wait 1 s, then what time is it")));
        var rounds = new ArrayList<String>();
        for (ModelReply reply = ask(messages, TOOLS); !reply.toolCalls().isEmpty(); reply = ask(messages, TOOLS)) {
            ToolRequest call = reply.toolCalls().getFirst();
            rounds.add(call.tool());
            messages.add(new Assistant(reply.text(), reply.toolCalls()));
            messages.add(new ToolResult(call.id(), call.tool(), "ok", false));
        }

        assertThat(rounds).containsExactly("calculator", "wait", "clock");
    }

    @Test
    void a_failed_tool_is_told_as_such() throws Exception {
        var call = new ToolRequest("a", "http_fetch", "{\"url\":\"https://example.org\"}");
        var messages = List.<ModelMessage>of(
                new User("fetch https://example.org"),
                new Assistant("", List.of(call)),
                new ToolResult("a", "http_fetch", "The host is not allowed", true));

        assertThat(ask(messages, TOOLS).text()).isEqualTo("`http_fetch` failed: The host is not allowed");
    }

    @Test
    void loop_calls_the_same_tool_until_it_is_stopped() throws Exception {
        var messages = new ArrayList<ModelMessage>(List.of(new User("loop")));
        for (int round = 0; round < 10; round++) {
            ModelReply reply = ask(messages, TOOLS);
            assertThat(reply.toolCalls()).singleElement().satisfies(call -> {
                assertThat(call.tool()).isEqualTo("clock");
                assertThat(call.arguments()).isEqualTo("{}");
            });
            messages.add(new Assistant("", reply.toolCalls()));
            messages.add(new ToolResult(reply.toolCalls().getFirst().id(), "clock", "12:00", false));
        }
    }

    @Test
    void fail_fails_and_does_not_cool_the_model_down() throws Exception {
        for (int time = 0; time < 10; time++) {
            var failure = catchThrowableOfType(ModelException.class, () -> ask("fail"));
            assertThat(failure.code()).isEqualTo("refused");
            assertThat(failure.retryable()).isFalse();
        }
        assertThat(models.list().getFirst().targets().getFirst().state()).isEqualTo("ready");
    }

    @Test
    void slow_takes_as_long_as_asked() throws Exception {
        long start = System.nanoTime();

        ModelReply reply = ask("be slow for 1 s");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(reply.text()).contains("Done after 1 s");
    }

    @Test
    void slow_can_be_interrupted() throws Exception {
        Thread caller = Thread.ofVirtual().unstarted(() -> {
            try {
                ask("be slow for 300 s");
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        caller.interrupt();

        assertThat(caller.join(Await.LONGEST)).isTrue();
    }

    @Test
    void a_long_answer_has_some_hundred_words_and_stops_at_the_token_limit() throws Exception {
        assertThat(ask("long answer").text().split("\\s+")).hasSizeBetween(250, 600);

        var call = new ModelCall(
                TenantId.DEFAULT,
                "default",
                "",
                List.of(new User("long answer")),
                List.of(),
                null,
                10,
                Duration.ofSeconds(9));
        ModelReply cut = models.call(call, _ -> {});

        assertThat(cut.finish()).isEqualTo("length");
        assertThat(cut.text()).hasSize(40);
    }

    @Test
    void without_anything_to_do_it_says_what_it_is_and_what_to_say() throws Exception {
        assertThat(ask("Hello!").text())
                .startsWith("Hello! I am the **demo model**")
                .contains("`what is 17 * 23`", "`use send_mail`", "`use clock and calculator at once`");
        assertThat(ask(List.of(new User("")), List.of()).text())
                .contains("demo model")
                .doesNotContain("calculator");
    }

    @Test
    void a_tool_that_is_not_offered_is_named_with_the_remedy() throws Exception {
        assertThat(ask(List.of(new User("what is 1 + 1")), List.of(TOOLS.getFirst()))
                        .text())
                .contains("`calculator`", "does not have", "It has `clock`", "`tools`");
    }

    @Test
    void streamed_text_is_the_answer_and_the_answer_is_always_the_same() throws Exception {
        ModelReply first = ask("long answer");
        assertThat(shown).hasToString(first.text());

        assertThat(ask("long answer")).isEqualTo(first);
    }

    @Test
    void answers_are_labelled_free_and_counted() throws Exception {
        ModelReply reply = ask("say nothing much");

        assertThat(reply.text()).isEqualTo("nothing much");
        assertThat(reply.demo()).isTrue();
        assertThat(reply.provider()).isEqualTo("demo");
        assertThat(reply.costMicroUnits()).isZero();
        assertThat(reply.use().output()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "((((",
                "what is (((((((((((((((((((((((((",
                "note :",
                "use {",
                "wait",
                "\u0000",
                "slow for",
                "1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1-1a"
            })
    void odd_messages_are_answered_too(String asked) throws Exception {
        ModelReply reply = ask(asked.equals("slow for") ? "slow for 1 ms" : asked);

        assertThat(reply.text() + reply.toolCalls()).isNotBlank();
    }

    @Test
    void a_message_of_a_million_characters_is_answered_in_time() throws Exception {
        assertThat(ask("1+ ".repeat(300_000) + "a").text()).isNotBlank();
        assertThat(ask("what is " + "1 ".repeat(300_000) + "a").text()).isNotBlank();
    }

    @Test
    void unknown_aliases_are_named_with_what_there_is() {
        var call = new ModelCall(
                TenantId.DEFAULT, "defualt", "", List.of(new User("x")), List.of(), null, null, Duration.ofSeconds(1));

        assertThatThrownBy(() -> models.call(call, _ -> {})).isInstanceOfSatisfying(ModelException.class, failure -> {
            assertThat(failure.code()).isEqualTo("unknown_model");
            assertThat(failure.hint()).isEqualTo("Did you mean \"default\"?");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "You are a helpful pirate.\n\nwhat is 17 * 23",
                "Use the clock sparingly.\nSpeak plainly.\n\nSecond part of the prompt.\n\nwhat is 17 * 23",
                "Answer in one word.\n\n  calculate 17 * 23  "
            })
    void instructions_in_front_of_a_request_do_not_hide_it(String text) throws InterruptedException {
        assertThat(ask(text).toolCalls()).extracting(ToolRequest::tool).containsExactly("calculator");
    }

    @Test
    void note_keeps_its_paragraphs_whatever_they_say() throws InterruptedException {
        var calls = ask("note plan: first\n\nwhat is 17 * 23").toolCalls();

        assertThat(calls).extracting(ToolRequest::tool).containsExactly("notes_write");
        assertThat(calls.getFirst().arguments()).contains("17 * 23");
    }

    @Test
    void result_of_a_call_that_a_person_changed_is_told_with_its_new_arguments() throws InterruptedException {
        var messages = List.<ModelMessage>of(
                new User("note rope: 40 m"),
                new Assistant(
                        "", List.of(new ToolRequest("1", "notes_write", "{\"name\":\"rope\",\"text\":\"40 m\"}"))),
                new ToolResult(
                        "1",
                        "notes_write",
                        "A person changed the arguments to {\"name\":\"rope\",\"text\":\"50 m\"}.\n{\"written\":true}",
                        false));

        assertThat(ask(messages, TOOLS).text()).isEqualTo("Noted **rope**: 50 m");
    }
}
