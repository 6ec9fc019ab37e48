package dev.wheelhouse.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.outbound.Outbound;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What documents say, and what is sent for it to a real server, which says it back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private final Outbound outbound = Outbound.direct();
    private final OpenApi api = new OpenApi(outbound);
    private HttpServer echo;

    @BeforeAll
    void start() throws IOException {
        echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        echo.createContext("/", exchange -> {
            var said = Json.mapper().createObjectNode();
            said.put("line", exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.getRequestHeaders().forEach((name, values) -> said.put(name.toLowerCase(), values.getFirst()));
            said.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String path = exchange.getRequestURI().getPath();
            int status = path.matches(".*/status/\\d+") ? Integer.parseInt(path.replaceAll(".*/", "")) : 200;
            byte[] bytes = (status == 200 ? said.toString() : "{\"detail\":\"the port is closed\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", path.endsWith("/image") ? "image/png" : "application/json");
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            if (status != 204) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        echo.start();
    }

    @AfterAll
    void stop() throws IOException {
        echo.stop(0);
        outbound.close();
    }

    private String base() {
        return "http://localhost:" + echo.getAddress().getPort() + "/v1";
    }

    private OpenApi.Way way(Map<String, String> values, String keyHeader) {
        return new OpenApi.Way(
                List.of(), values, "the secret \"shop\"", List.of("localhost"), keyHeader, Duration.ofSeconds(20));
    }

    private Operation one(String yaml) {
        var all = OpenApi.read("openapi: 3.0.3\ninfo: {title: t, version: '1'}\n" + yaml, null, base());
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().refused()).isNull();
        assertThat(Schema.mistakes(all.getFirst().schema())).isEmpty();
        return all.getFirst();
    }

    private JsonNode call(Operation operation, String arguments) {
        return call(operation, arguments, Map.of());
    }

    private JsonNode call(Operation operation, String arguments, Map<String, String> values) {
        var given = Json.read(arguments);
        assertThat(Schema.of(operation.schema()).wrong(given)).isEmpty();
        return api.call(operation.request(), given, way(values, null), "key-1", () -> {});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "query|form|true|[1,2]|?p=1&p=2",
                "query|form|false|[1,2]|?p=1,2",
                "query|spaceDelimited|false|[1,2]|?p=1%202",
                "query|pipeDelimited|false|[1,2]|?p=1%7C2",
                "query|form|true|{\"a\":1,\"b\":2}|?a=1&b=2",
                "query|form|false|{\"a\":1,\"b\":2}|?p=a,1,b,2",
                "query|deepObject|true|{\"a\":1,\"b\":{\"c\":2},\"d\":[3,4]}|?p%5Ba%5D=1&p%5Bb%5D%5Bc%5D=2&p%5Bd%5D=3&p%5Bd%5D=4",
                "query|form|true|\"a b&c=d/e\"|?p=a%20b%26c%3Dd%2Fe",
                "query|form|true|\"grün\"|?p=gr%C3%BCn",
                "query|form|true|true|?p=true",
                "query|form|true|1.50|?p=1.50",
                "query|form|true|\"\"|?p=",
                "query|form|true|[]|``",
            })
    void query_is_written_in_its_style(String in, String style, boolean explode, String value, String sent) {
        var operation = one("""
                paths:
                  /x:
                    get:
                      operationId: x
                      parameters: [{name: p, in: %s, style: %s, explode: %s, schema: {}}]
                """.formatted(in, style, explode));

        assertThat(call(operation, "{\"p\":" + value + "}").path("line").asText())
                .isEqualTo("GET /v1/x" + sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "simple|false|[1,2]|1,2",
                "simple|true|{\"a\":1,\"b\":2}|a=1,b=2",
                "simple|false|{\"a\":1,\"b\":2}|a,1,b,2",
                "label|false|[1,2]|.1,2",
                "label|true|[1,2]|.1.2",
                "matrix|false|[1,2]|;p=1,2",
                "matrix|true|[1,2]|;p=1;p=2",
                "matrix|false|5|;p=5",
                "simple|false|\"a/../b?c#d\"|a%2F..%2Fb%3Fc%23d",
                "simple|false|\"a b\"|a%20b",
            })
    void path_is_written_in_its_style(String style, boolean explode, String value, String sent) {
        var operation = one("""
                paths:
                  /x/{p}/y:
                    get:
                      parameters: [{name: p, in: path, required: true, style: %s, explode: %s, schema: {}}]
                """.formatted(style, explode));

        assertThat(operation.name()).isEqualTo("get_x_p_y");
        assertThat(call(operation, "{\"p\":" + value + "}").path("line").asText())
                .isEqualTo("GET /v1/x/" + sent + "/y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"..\"", "\".\"", "\"\""})
    void argument_never_leads_to_another_path(String value) {
        var operation = one("paths:\n  /x/{p}/y:\n    get: {}\n");

        assertThatThrownBy(() -> call(operation, "{\"p\":" + value + "}")).hasMessageContaining("part of the address");
    }

    @Test
    void headers_and_cookies_are_sent_and_ours_are_not_asked_for() {
        var operation = one("""
                paths:
                  /x:
                    parameters: [{name: X-Trace, in: header, schema: {type: string}}]
                    get:
                      parameters:
                        - {name: Authorization, in: header, schema: {type: string}}
                        - {name: session, in: cookie, schema: {type: string}}
                        - {name: q, in: query, content: {application/json: {schema: {type: object}}}}
                """);

        assertThat(operation.schema().path("properties").has("Authorization")).isFalse();
        var said = call(operation, "{\"X-Trace\":\"t1\",\"session\":\"s 1\",\"q\":{\"a\":1}}");
        assertThat(said.path("x-trace").asText()).isEqualTo("t1");
        assertThat(said.path("cookie").asText()).isEqualTo("session=s%201");
        assertThat(said.path("line").asText()).endsWith("?q=%7B%22a%22%3A1%7D");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "application/json|{\"a\":1}|{\"a\":1}|application/json",
                "application/vnd.api+json|{\"a\":1}|{\"a\":1}|application/vnd.api+json",
                "application/x-www-form-urlencoded|{\"a\":\"x y\",\"b\":[1,2]}|a=x%20y&b=1&b=2|application/x-www-form-urlencoded",
                "text/plain|\"ahoy\"|ahoy|text/plain",
                "application/xml|\"<a/>\"|<a/>|application/xml",
            })
    void body_is_written_as_the_operation_takes_it(String type, String body, String sent, String header) {
        var operation = one("""
                paths:
                  /x:
                    post:
                      requestBody: {required: true, content: {%s: {schema: {}}}}
                """.formatted(type));

        var said = call(operation, "{\"body\":" + body + "}");
        assertThat(said.path("body").asText()).isEqualTo(sent);
        assertThat(said.path("content-type").asText()).startsWith(header);
    }

    @Test
    void form_of_several_parts_is_written_with_a_boundary() {
        var operation = one("""
                paths:
                  /x:
                    post:
                      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {}, b: {}}}}}}
                """);

        var said = call(operation, "{\"body\":{\"a\":\"x\",\"b\":{\"c\":1}}}");
        assertThat(said.path("content-type").asText()).startsWith("multipart/form-data; boundary=");
        assertThat(said.path("body").asText()).contains("name=\"a\"\r\n\r\nx\r\n", "name=\"b\"", "{\"c\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: apiKey, in: header, name: X-Key}|v1|x-key|v1",
                "{type: http, scheme: bearer}|v1|authorization|Bearer v1",
                "{type: http, scheme: Basic}|u:p|authorization|Basic dTpw",
                "{type: oauth2, flows: {}}|v1|authorization|Bearer v1",
                "{type: apiKey, in: cookie, name: sid}|v1|cookie|sid=v1",
                "{type: apiKey, in: query, name: key}|v 1|line|GET /v1/x?key=v%201",
            })
    void credentials_go_where_the_scheme_says(String scheme, String value, String where, String sent) {
        var operation = one("""
                security: [{other: []}, {own: []}]
                components: {securitySchemes: {own: %s, other: {type: http, scheme: digest}}}
                paths: {/x: {get: {}}}
                """.formatted(scheme));

        assertThat(call(operation, "{}", Map.of("own", value)).path(where).asText())
                .isEqualTo(sent);
    }

    @Test
    void key_of_the_call_is_sent_where_the_operation_takes_one() {
        var operation = one("""
                paths:
                  /x:
                    post:
                      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}]
                """);

        assertThat(operation.hints().path("idempotentHint").asBoolean()).isTrue();
        assertThat(operation.schema().path("properties")).isEmpty();
        assertThat(call(operation, "{}").path("idempotency-key").asText()).isEqualTo("key-1");
        var other = one("paths: {/x: {post: {}}}");
        assertThat(other.hints().path("idempotentHint").asBoolean()).isFalse();
        assertThat(api.call(other.request(), Json.read("{}"), way(Map.of(), "X-Once"), "key-2", () -> {})
                        .path("x-once")
                        .asText())
                .isEqualTo("key-2");
    }

    @Test
    void schema_that_refers_to_itself_stays_finite() {
        var operation = one("""
                components:
                  schemas:
                    Node: {type: object, properties: {name: {type: string, nullable: true}, next: {$ref: '#/components/schemas/Node'}}}
                    Pet: {allOf: [{$ref: '#/components/schemas/Node'}, {type: object, required: [id], properties: {id: {type: integer, readOnly: true},
                      age: {type: integer, minimum: 0, exclusiveMinimum: true}}}], discriminator: {propertyName: kind}}
                paths:
                  /x:
                    post:
                      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                """);

        call(operation, "{\"body\":{\"name\":null,\"next\":{\"next\":{}},\"age\":1}}");
        assertThat(Schema.of(operation.schema()).wrong(Json.read("{\"body\":{\"age\":0}}")))
                .isNotEmpty();
        assertThat(operation.schema().toString()).doesNotContain("discriminator", "readOnly", "nullable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{url: https://api.example.org/v2/}]|https://api.example.org/v2/x",
                "[{url: '/v2'}]|https://docs.example.org/v2/x",
                "[{url: v2}]|https://docs.example.org/a/v2/x",
                "[]|https://docs.example.org/x",
                "[{url: 'https://{region}.example.org:{port}/', variables: {region: {default: eu}, port: {enum: ['8443'], default: '8443'}}}]|https://eu.example.org:8443/x",
            })
    void address_of_the_api_is_found(String servers, String url) {
        var all = OpenApi.read(
                "openapi: 3.1.0\nservers: %s\npaths: {/x: {get: {}}}".formatted(servers),
                "https://docs.example.org/a/openapi.yaml",
                null);

        assertThat(all.getFirst().request().path("url").asText()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "paths: {/x: {get: {parameters: [{$ref: 'other.yaml#/p'}]}}}|outside the document",
                "paths: {/x: {get: {parameters: [{$ref: '#/components/parameters/none'}]}}}|is not there",
                "components: {parameters: {a: {$ref: '#/components/parameters/a'}}}\\npaths: {/x: {get: {parameters: [{$ref: '#/components/parameters/a'}]}}}|refers to itself",
                "paths: {/x: {get: {parameters: [{name: p, in: body}]}}}|is in \"body\"",
                "servers: [{url: 'ws://x'}]\\npaths: {/x: {get: {}}}|write the address as `server`",
            })
    void operation_that_cannot_be_sent_is_refused_by_itself(String yaml, String words) {
        var all = OpenApi.read(
                "openapi: 3.0.0\n" + yaml.replace("\\n", "\n"), null, yaml.contains("servers") ? null : base());

        assertThat(all.getFirst().refused()).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "swagger: '2.0'|Convert it to OpenAPI 3",
                "<html></html>|a page for people",
                "hello|no OpenAPI document",
                "{\"openapi\":|not JSON",
                "a: [|Correct",
                "a: &a [*a]|repeats itself",
            })
    void what_is_no_document_is_told(String text, String words) {
        assertThatThrownBy(() -> OpenApi.read(text, null, null))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.sentences() + problem.mistakes())
                        .contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "400,refuses this",
        "404,the port is closed",
        "422,refuses this",
        "401,the secret \"shop\"",
        "403,the secret \"shop\"",
        "429,too many requests",
        "500,may have happened",
        "503,status 503"
    })
    void failure_says_what_the_model_can_do(int status, String words) {
        var operation = one("paths: {'/status/{n}': {post: {}}}");

        assertThatThrownBy(() -> call(operation, "{\"n\":\"" + status + "\"}"))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.sentences())
                        .contains(words));
    }

    @Test
    void answer_without_text_is_named() {
        var image = one("paths: {/image: {get: {}}}");
        var nothing = one("paths: {'/status/{n}': {get: {}}}");

        assertThat(call(image, "{}").toString()).contains("image/png", "agents read text only");
        assertThat(call(nothing, "{\"n\":\"204\"}").toString()).isEqualTo("{\"status\":204}");
    }

    @Test
    void names_that_several_operations_have_are_told_apart() {
        var all = OpenApi.read("""
                openapi: 3.1.0
                paths:
                  /a: {get: {operationId: same}, post: {operationId: own}}
                  /b: {get: {operationId: same}}
                  /c/{id}: {delete: {}}
                """, null, base());

        assertThat(all).extracting(Operation::name).containsExactly("get_a", "own", "get_b", "delete_c_id");
    }

    @Test
    void parameters_of_one_name_become_arguments_of_two() {
        var operation = one("""
                paths:
                  /x/{id}:
                    get:
                      parameters:
                        - {name: id, in: path, required: true, schema: {type: string}}
                        - {name: id, in: query, schema: {type: string}}
                        - {name: 'filter[state]', in: query, schema: {type: string}}
                """);

        assertThat(call(operation, "{\"id\":\"1\",\"query_id\":\"2\",\"filter_state_\":\"on\"}")
                        .path("line")
                        .asText())
                .isEqualTo("GET /v1/x/1?id=2&filter%5Bstate%5D=on");
    }
}
