package dev.wheelhouse.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How servers are spoken to in both revisions: sessions, lists, calls.
class McpTest extends AgainstMcpServer {

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
