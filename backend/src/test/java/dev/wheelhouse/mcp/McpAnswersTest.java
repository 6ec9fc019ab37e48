package dev.wheelhouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers send, well or badly, and what becomes of it.
class McpAnswersTest extends AgainstMcpServer {

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

    @Test
    void whoever_can_get_other_credentials_is_told_which_are_wanted() {
        server.http("server/discover", (one, exchange) -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer scope=\"tides:read\"");
            FakeMcpServer.send(exchange, 401, "text/plain", "no");
        });

        assertThatThrownBy(() -> mcp.list(to(null, false))).isInstanceOfSatisfying(ChallengedException.class, e -> {
            assertThat(e.status()).isEqualTo(401);
            assertThat(e.challenge()).isEqualTo("Bearer scope=\"tides:read\"");
        });
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
}
