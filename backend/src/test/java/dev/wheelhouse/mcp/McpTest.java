package dev.wheelhouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.testing.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers send, and what they are sent, in both revisions.
class McpTest {

    private static final String TOOL =
            "{\"name\":\"tide\",\"description\":\"Tells tides\",\"inputSchema\":{\"type\":\"object\"}}";

    private final Outbound outbound = Outbound.direct();
    private final Mcp mcp = new Mcp(outbound);
    private FakeMcpServer server;

    @BeforeEach
    void start() {
        server = new FakeMcpServer().tools(TOOL);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        outbound.close();
    }

    private McpServer to(Revision revision, boolean answersDefaults) {
        return new McpServer(
                server.url(),
                server.url(),
                List.of(),
                "the secret \"tides\"",
                List.of("localhost"),
                revision,
                answersDefaults,
                Duration.ofSeconds(20));
    }

    private List<Offer> list() throws InterruptedException {
        return mcp.list(to(null, false));
    }

    private JsonNode call(String arguments) throws InterruptedException {
        return call(list().getFirst(), arguments);
    }

    private JsonNode call(Offer tool, String arguments) throws InterruptedException {
        return mcp.call(to(null, false), new Mcp.Call(tool, (ObjectNode) Json.read(arguments), "key-1", () -> {}));
    }

    @Test
    void server_without_sessions_is_told_with_each_request_who_asks() throws Exception {
        assertThat(call("{}").asText()).isEqualTo("called tide");

        assertThat(server.methodsAsked()).containsExactly("server/discover", "tools/list", "tools/call");
        var call = server.asked("tools/call").getFirst();
        var meta = call.message().path("params").path("_meta");
        assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(meta.path("io.modelcontextprotocol/protocolVersion").asText())
                .isEqualTo("2026-07-28");
        assertThat(call.header("Mcp-Method")).isEqualTo("tools/call");
        assertThat(call.header("Mcp-Name")).isEqualTo("tide");
        assertThat(meta.path("dev.wheelhouse/idempotencyKey").asText()).isEqualTo("key-1");
    }

    @Test
    void older_server_gets_its_session_and_no_second_question_about_it() throws Exception {
        server.old();

        assertThat(call("{}").asText()).isEqualTo("called tide");
        assertThat(call("{}").asText()).isEqualTo("called tide");

        assertThat(server.methodsAsked())
                .containsExactly(
                        "server/discover",
                        "initialize",
                        "notifications/initialized",
                        "tools/list",
                        "tools/call",
                        "tools/list",
                        "tools/call");
        assertThat(server.asked("tools/call").getLast().header("Mcp-Session-Id"))
                .isEqualTo("session-1");
        assertThat(server.asked("tools/call").getLast().header("MCP-Protocol-Version"))
                .isEqualTo("2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 415, 500, 501})
    void any_refusal_of_the_new_revision_leads_to_the_old_one(int status) throws Exception {
        server.old()
                .http(
                        "server/discover",
                        (one, exchange) -> FakeMcpServer.send(exchange, status, "text/html", "<h1>No</h1>"));

        assertThat(call("{}").asText()).isEqualTo("called tide");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2025-03-26", "2024-11-05"})
    void server_of_an_older_date_is_spoken_to_by_that_date(String date) throws Exception {
        server.old().answering("initialize", "{\"protocolVersion\":\"%s\"}".formatted(date));

        call("{}");

        assertThat(server.asked("tools/call").getFirst().header("MCP-Protocol-Version"))
                .isEqualTo(date);
    }

    @Test
    void lost_session_is_begun_anew_once_and_the_call_made() throws Exception {
        server.old();
        var tool = list().getFirst();
        server.newSession("session-2");

        assertThat(call(tool, "{}").asText()).isEqualTo("called tide");

        assertThat(server.asked("initialize")).hasSize(2);
        assertThat(server.asked("tools/call")).hasSize(2);
    }

    @Test
    void session_that_gets_lost_again_and_again_is_not_begun_for_ever() throws Exception {
        server.old();
        var tool = list().getFirst();
        server.http("tools/call", (one, exchange) -> FakeMcpServer.send(exchange, 404, "text/plain", "No session"));

        assertThatThrownBy(() -> call(tool, "{}")).isNotNull();

        assertThat(server.asked("tools/call")).hasSize(2);
    }

    static Stream<Arguments> bodies() {
        String answer =
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"ahoy\"}]}}";
        String progress = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1}}";
        String changed = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
        return Stream.of(
                Arguments.of("plain", "application/json", answer),
                Arguments.of("with a charset", "application/json; charset=utf-8", answer),
                Arguments.of("labelled as text", "text/plain", answer),
                Arguments.of("without a label", "", answer),
                Arguments.of("with a byte order mark", "application/json", "\uFEFF" + answer),
                Arguments.of("with spaces around", "application/json", "\n\n  " + answer + "\n"),
                Arguments.of("as a list", "application/json", "[" + progress + "," + answer + "]"),
                Arguments.of("id as text", "application/json", answer.replace("ID", "\"ID\"")),
                Arguments.of("id lost", "application/json", answer.replace("ID", "null")),
                Arguments.of(
                        "with an empty error",
                        "application/json",
                        answer.replace("\"result\"", "\"error\":null,\"result\"")),
                Arguments.of("without a version", "application/json", answer.replace("\"jsonrpc\":\"2.0\",", "")),
                Arguments.of("events", "text/event-stream", "data: " + answer + "\n\n"),
                Arguments.of("events without a space", "text/event-stream", "data:" + answer + "\n\n"),
                Arguments.of(
                        "events named", "text/event-stream; charset=utf-8", "event: message\ndata: " + answer + "\n\n"),
                Arguments.of(
                        "events with comments", "text/event-stream", ": hello\n\n: again\n\ndata: " + answer + "\n\n"),
                Arguments.of(
                        "events with news before",
                        "text/event-stream",
                        "data: " + progress + "\n\ndata: " + changed + "\n\ndata: " + answer + "\n\n"),
                Arguments.of(
                        "events with returns", "text/event-stream", "event: message\r\ndata: " + answer + "\r\n\r\n"),
                Arguments.of("events with old returns", "text/event-stream", "data: " + answer + "\r\r"),
                Arguments.of("events without an end", "text/event-stream", "data: " + answer),
                Arguments.of(
                        "events with an empty one first",
                        "text/event-stream",
                        "id: 1\ndata: \n\ndata: " + answer + "\n\n"),
                Arguments.of(
                        "events over lines",
                        "text/event-stream",
                        "data: " + answer.replace("\"result\"", "\ndata: \"result\"") + "\n\n"),
                Arguments.of("events in lists", "text/event-stream", "data: [" + changed + "," + answer + "]\n\n"),
                Arguments.of("events labelled JSON", "application/json", "event: message\ndata: " + answer + "\n\n"),
                Arguments.of(
                        "events with other answers",
                        "text/event-stream",
                        "data: {\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}\n\ndata: " + answer + "\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void answer_is_read_in_whatever_form_it_comes(String form, String type, String body) throws Exception {
        for (boolean isOld : List.of(false, true)) {
            try (var own = new FakeMcpServer().tools(TOOL)) {
                server = isOld ? own.old() : own;
                server.http(
                        "tools/call",
                        (one, exchange) -> FakeMcpServer.send(
                                exchange,
                                200,
                                type,
                                body.replace("ID", one.message().path("id").asText())));

                assertThat(call("{}").asText()).as(form).isEqualTo("ahoy");
            }
        }
    }

    @Test
    void compressed_answer_is_read() throws Exception {
        server.http("tools/call", (one, exchange) -> {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new GZIPOutputStream(bytes)) {
                zip.write("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[]}}"
                        .formatted(one.message().path("id"))
                        .getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.size());
            exchange.getResponseBody().write(bytes.toByteArray());
        });

        assertThat(call("{}").asText()).isEmpty();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        401,
                        "application/json",
                        "{\"error\":\"invalid_token\"}",
                        "does not accept the secret \"tides\""),
                Arguments.of(403, "text/plain", "no", "does not allow this"),
                Arguments.of(429, "text/plain", "slow down", "has too much to do"),
                Arguments.of(503, "text/html", "<p>later", "has too much to do"),
                Arguments.of(500, "text/html", "<h1>Oops</h1>", "answered 500 with text/html: <h1>Oops</h1>"),
                Arguments.of(
                        200, "text/html", "<html>Sign in</html>", "Check that this is the address of an MCP server"),
                Arguments.of(200, "application/json", "{\"status\":\"ok\"}", "broke off"),
                Arguments.of(
                        200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":ID}", "neither a result nor an error"),
                Arguments.of(200, "application/json", "{\"jsonrpc\":", "not JSON"),
                Arguments.of(200, "text/event-stream", "data: {\"half\n\n", "not JSON"),
                Arguments.of(200, "text/event-stream", ": nothing\n\n", "broke off"),
                Arguments.of(202, "", "", "answered 202 with nothing"),
                Arguments.of(204, "", "", "answered 204 with nothing"),
                Arguments.of(400, "application/json", "{\"message\":\"odd\"}", "answered 400"),
                Arguments.of(
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32603,\"message\":\"out of tides\"}}",
                        "out of tides"),
                Arguments.of(
                        200,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"unread\"}}",
                        "unread"),
                Arguments.of(200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":\"boom\"}", "boom"),
                Arguments.of(
                        500,
                        "application/json",
                        "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32000,\"message\":\"down\"}}",
                        "down"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refusals")
    void what_is_no_answer_is_told_in_words(int status, String type, String body, String words) throws Exception {
        var tool = list().getFirst();
        server.http(
                "tools/call",
                (one, exchange) -> FakeMcpServer.send(
                        exchange,
                        status,
                        type,
                        body.replace("ID", one.message().path("id").asText())));

        assertThatThrownBy(() -> call(tool, "{}"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.sentences())
                        .contains(words)
                        .doesNotContain("Exception", "java"));
        assertThat(server.asked("tools/call")).hasSize(1);
    }

    @Test
    void refusal_repeats_what_the_server_says_is_missing() {
        server.http("server/discover", (one, exchange) -> {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"tides:read\"");
            FakeMcpServer.send(exchange, 403, "text/plain", "no");
        });

        assertThatThrownBy(this::list)
                .hasMessageContaining("insufficient_scope, it wants the scope tides:read")
                .isInstanceOf(Problem.class);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirect_on_the_same_host_is_followed_with_everything(int status) throws Exception {
        server.http("POST", (one, exchange) -> {
            if (one.path().endsWith("/")) {
                server.answer(one, exchange);
            } else {
                exchange.getResponseHeaders().set("Location", "/mcp/");
                FakeMcpServer.send(exchange, status, "", "");
            }
        });

        assertThat(call("{}").asText()).isEqualTo("called tide");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/mcp", "http://127.0.0.1/mcp", "//example.org/x"})
    void redirect_to_another_place_is_refused_by_name(String there) {
        server.http("POST", (one, exchange) -> {
            exchange.getResponseHeaders().set("Location", there);
            FakeMcpServer.send(exchange, 307, "", "");
        });

        assertThatThrownBy(this::list).hasMessageContaining("another place").isInstanceOf(Problem.class);
    }

    @Test
    void pages_are_read_to_the_last() throws Exception {
        server.on("tools/list", one -> {
            String cursor = one.message().path("params").path("cursor").asText("0");
            int page = Integer.parseInt(cursor);
            var list = Json.mapper().createObjectNode();
            list.putArray("tools").addObject().put("name", "tool-" + page).putObject("inputSchema");
            return page < 20 ? list.put("nextCursor", "" + (page + 1)) : list.put("nextCursor", "");
        });

        assertThat(list()).hasSize(21);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tools\":[],\"nextCursor\":\"same\"}",
                "{\"tools\":{}}",
                "{}",
                "{\"tools\":null}",
                "[]",
                "\"none\""
            })
    void list_without_end_or_form_is_refused_in_words(String result) {
        server.answering("tools/list", result);

        assertThatThrownBy(this::list).isInstanceOf(Problem.class).hasMessageContaining("list of tools");
    }

    @Test
    void two_different_tools_of_one_name_are_both_refused() throws Exception {
        server.tools(TOOL, TOOL.replace("Tells", "Steals"), TOOL.replace("tide", "wind"), TOOL.replace("tide", "wind"));

        assertThat(list()).hasSize(2);
        assertThat(list().getFirst().refused()).contains("two different tools");
        assertThat(list().getLast().refused()).isNull();
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of("{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":1}\"}]}", "{\"a\":1}"),
                Arguments.of(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}",
                        "\"a\\nb\""),
                Arguments.of("{\"content\":[],\"structuredContent\":{\"a\":1}}", "{\"a\":1}"),
                Arguments.of("{\"structuredContent\":[1,2]}", "[1,2]"),
                Arguments.of(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"structuredContent\":{\"a\":1}}",
                        "{\"a\":1}"),
                Arguments.of("{}", "\"\""),
                Arguments.of("{\"toolResult\":{\"old\":true}}", "{\"old\":true}"),
                Arguments.of(
                        "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"AAAA\"}]}",
                        "{\"leftOut\":[\"image (image/png, 3 bytes): agents read text only\"]}"),
                Arguments.of(
                        "{\"content\":[{\"type\":\"resource\",\"resource\":{\"uri\":\"f:///a\",\"text\":\"in it\"}}]}",
                        "\"in it\""),
                Arguments.of(
                        "{\"content\":[{\"type\":\"resource_link\",\"uri\":\"f:///a\",\"name\":\"A\"}]}",
                        "\"A: f:///a\""),
                Arguments.of(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"t\"},{\"type\":\"hologram\",\"data\":\"\"}]}",
                        "{\"result\":\"t\",\"leftOut\":[\"hologram (unknown type, 0 bytes): agents read text only\"]}"),
                Arguments.of("{\"resultType\":\"complete\",\"content\":[],\"isError\":false}", "\"\""));
    }

    @ParameterizedTest
    @MethodSource("results")
    void result_becomes_what_a_model_reads(String result, String read) throws Exception {
        server.answering("tools/call", result);

        assertThat(call("{}")).isEqualTo(Json.read(read));
    }

    @Test
    void image_of_two_megabytes_is_named_and_left_out() throws Exception {
        server.answering("tools/call", "{\"content\":[]}");
        String data = "A".repeat(2_000_000);
        server.on(
                "tools/call",
                _ -> Json.readPictures(
                        "{\"content\":[{\"type\":\"image\",\"mimeType\":\"image/png\",\"data\":\"" + data + "\"}]}"));

        assertThat(call("{}").toString()).contains("1,500,000 bytes").hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"isError\":true,\"content\":[{\"type\":\"text\",\"text\":\"no such port\"}]}",
                "{\"isError\":true,\"structuredContent\":{\"why\":\"no such port\"}}",
                "{\"error\":{\"code\":-32602,\"message\":\"no such port\"}}"
            })
    void error_of_a_tool_is_one_that_the_model_can_mend(String result) throws Exception {
        var tool = list().getFirst();
        server.answering("tools/call", result);

        assertThatThrownBy(() -> call(tool, "{}"))
                .hasMessageContaining("no such port")
                .isInstanceOf(Problem.class);
    }

    @Test
    void arguments_go_into_headers_where_the_schema_wants_it() throws Exception {
        server.tools("""
                {"name":"börse","inputSchema":{"type":"object","properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},"count":{"type":"integer","x-mcp-header":"Count"},
                  "deep":{"type":"object","properties":{"on":{"type":"boolean","x-mcp-header":"On"}}}}}}""");

        call("{\"region\":\"Hafen süd\",\"count\":3,\"deep\":{\"on\":false}}");

        var call = server.asked("tools/call").getFirst();
        assertThat(call.header("Mcp-Param-Region")).isEqualTo("=?base64?SGFmZW4gc8O8ZA==?=");
        assertThat(call.header("Mcp-Param-Count")).isEqualTo("3");
        assertThat(call.header("Mcp-Param-On")).isEqualTo("false");
        assertThat(call.header("Mcp-Name")).isEqualTo("=?base64?YsO2cnNl?=");
    }

    @Test
    void stream_that_breaks_off_goes_on_where_it_stopped() throws Exception {
        server.old();
        var tool = list().getFirst();
        server.http(
                "tools/call",
                (one, exchange) ->
                        FakeMcpServer.send(exchange, 200, "text/event-stream", "id: e1\nretry: 1\ndata: \n\n"));
        server.http("GET", (one, exchange) -> {
            String id =
                    server.asked("tools/call").getFirst().message().path("id").asText();
            FakeMcpServer.send(exchange, 200, "text/event-stream", """
                    id: e2
                    data: {"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"late"}]}}

                    """.formatted(id));
        });

        assertThat(call(tool, "{}").asText()).isEqualTo("late");

        assertThat(server.asked("tools/call")).hasSize(1);
        assertThat(server.asked().getLast().header("Last-Event-ID")).isEqualTo("e1");
    }

    @Test
    void server_that_asks_back_gets_its_defaults_only_where_it_may() throws Exception {
        String question = """
                {"method":"elicitation/create","params":{"message":"Sure?","requestedSchema":{"type":"object",
                "properties":{"sure":{"type":"boolean","default":true}},"required":["sure"]}}}""";
        server.on(
                "tools/call",
                one -> one.message().path("params").has("inputResponses")
                        ? FakeMcpServer.text(one.message()
                                        .path("params")
                                        .path("inputResponses")
                                        .toString()
                                + one.message()
                                        .path("params")
                                        .path("requestState")
                                        .asText())
                        : Json.read(
                                "{\"resultType\":\"input_required\",\"requestState\":\"s1\",\"inputRequests\":{\"q\":%s}}"
                                        .formatted(question)));
        var tool = list().getFirst();

        assertThat(call(tool, "{}").asText()).contains("\"action\":\"decline\"").endsWith("s1");
        var call = new Mcp.Call(tool, Json.mapper().createObjectNode(), "k", () -> {});
        assertThat(mcp.call(to(null, true), call).asText()).contains("{\"sure\":true}");
    }

    @Test
    void call_that_is_given_up_is_cancelled_at_the_server() throws Exception {
        server.old();
        var tool = list().getFirst();
        var begun = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        server.http("tools/call", (one, exchange) -> {
            begun.countDown();
            Await.open(cancelled);
        });
        server.http("notifications/cancelled", (one, exchange) -> {
            cancelled.countDown();
            FakeMcpServer.send(exchange, 202, "", "");
        });
        var caller = Thread.ofVirtual().start(() -> {
            try {
                call(tool, "{}");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Await.open(begun);

        caller.interrupt();

        Await.open(cancelled);
        assertThat(server.asked("notifications/cancelled")
                        .getFirst()
                        .message()
                        .path("params")
                        .path("requestId"))
                .isEqualTo(server.asked("tools/call").getFirst().message().path("id"));
    }

    @Test
    void address_off_the_internet_is_asked_only_where_the_operator_lists_it() {
        var refused = new McpServer(
                "k", server.url(), List.of(), "", List.of("other.example"), null, false, Duration.ofSeconds(5));

        assertThatThrownBy(() -> mcp.list(refused)).hasMessageContaining("this computer itself");
        assertThat(server.asked()).isEmpty();
    }
}
