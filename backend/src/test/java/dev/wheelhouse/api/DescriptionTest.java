package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.Specification;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The description of the API is as strict as the server, both ways: what a schema allows is taken, and what it forbids
/// is refused. `make fuzz-api` sends thousands more.
@PlatformTest
class DescriptionTest {

    /// Bodies that can be sent as often as one likes, with one that is good.
    private static final Map<String, String> GOOD = Map.of(
            "PUT /api/v1/agents/{name}", "{\"name\":\"described\",\"instructions\":\"Help.\"}",
            "POST /api/v1/agents/{name}/runs", "{\"input\":\"say a\"}",
            "POST /api/v1/budgets",
                    "{\"scope\":\"thread\",\"subject\":\"%d\",\"unit\":\"calls\",\"period\":\"day\",\"cap\":5}",
            "POST /api/v1/keys", "{\"name\":\"ci\",\"scopes\":[\"read\"]}",
            "POST /api/v1/threads", "{\"title\":\"a\"}",
            "POST /chat", "{\"message\":\"say a\",\"agent\":\"assistant\"}");

    @Inject
    TestServer server;

    private int sent;

    static Stream<String> operations() {
        return GOOD.keySet().stream().sorted();
    }

    @Test
    void every_operation_names_its_refusals() {
        Specification.document().path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(one -> {
                    var answers = one.getValue().path("responses");
                    boolean isOpen = one.getValue().path("security").isArray()
                            && one.getValue().path("security").isEmpty();
                    boolean hasBody = one.getValue().has("requestBody");
                    String where = one.getKey() + " " + path.getKey();
                    assertThat(isOpen || answers.has("401"))
                            .as("401 of " + where)
                            .isTrue();
                    assertThat(!hasBody || answers.has("400") && answers.has("413") && answers.has("415"))
                            .as("refusals of a body of " + where)
                            .isTrue();
                    assertThat(!path.getKey().contains("{") || answers.has("404") || isOpen)
                            .as("404 of " + where)
                            .isTrue();
                }));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void body_that_the_schema_forbids_is_refused(String operation) {
        bodies(operation, false).forEach((what, body) -> assertThat(status(operation, body))
                .as(operation + " took " + what + ": " + body)
                .isIn(400, 422));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void body_that_the_schema_allows_is_taken(String operation) {
        bodies(operation, true).forEach((what, body) -> assertThat(status(operation, body))
                .as(operation + " refused " + what + ": " + body)
                .isNotIn(400, 422)
                .isLessThan(500));
    }

    private int status(String operation, JsonNode body) {
        String[] words = operation.split(" ");
        String path = words[1].replace("{name}", words[1].endsWith("/runs") ? "assistant" : "described");
        return server.send(server.request(path)
                        .header("Content-Type", "application/json")
                        .method(words[0], BodyPublishers.ofString(body.toString())))
                .statusCode();
    }

    private ObjectNode good(String operation) {
        return (ObjectNode) Json.read(GOOD.get(operation).replace("%d", "t" + ++sent));
    }

    /// One field of a good body at a time, set to what its schema allows or forbids.
    private Map<String, JsonNode> bodies(String operation, boolean isAllowed) {
        String[] words = operation.split(" ");
        var schema = followed(Specification.document()
                .path("paths")
                .path(words[1])
                .path(words[0].toLowerCase())
                .at("/requestBody/content/application~1json/schema"));
        var bodies = new LinkedHashMap<String, JsonNode>();
        if (isAllowed) {
            bodies.put("a good body", good(operation));
        } else {
            bodies.put("an unknown field", good(operation).put("nobodyKnows", 1));
            schema.path("required")
                    .forEach(field ->
                            bodies.put("no " + field.asText(), good(operation).without(field.asText())));
        }
        schema.path("properties").properties().forEach(field -> {
            if (field.getKey().equals("model")) {
                return; // only the names of models are taken, whatever their form
            }
            int n = 0;
            for (var value : isAllowed ? allowed(field.getValue()) : forbidden(field.getValue())) {
                bodies.put(field.getKey() + " no. " + n++, good(operation).set(field.getKey(), value));
            }
        });
        return bodies;
    }

    private static JsonNode followed(JsonNode schema) {
        return schema.has("$ref")
                ? Specification.document().at(schema.path("$ref").asText().substring(1))
                : schema;
    }

    private static boolean mayBe(JsonNode schema, String type) {
        return schema.path("type").isArray()
                ? schema.path("type").toString().contains('"' + type + '"')
                : schema.path("type").asText().equals(type);
    }

    private static List<JsonNode> allowed(JsonNode field) {
        var schema = followed(field);
        var values = new ArrayList<JsonNode>();
        var make = Json.mapper().getNodeFactory();
        if (mayBe(schema, "null")) {
            values.add(make.nullNode());
        }
        if (schema.has("minimum")) {
            values.add(schema.get("minimum"));
        }
        if (schema.has("maximum")) {
            values.add(schema.get("maximum"));
        }
        boolean isFree = schema.has("maxLength") && !schema.has("pattern") && !schema.has("format");
        if (isFree) {
            values.add(make.textNode("a".repeat(schema.path("maxLength").asInt())));
        }
        return values;
    }

    private static List<JsonNode> forbidden(JsonNode field) {
        var schema = followed(field);
        var values = new ArrayList<JsonNode>();
        var make = Json.mapper().getNodeFactory();
        boolean isTyped = schema.has("type");
        if (isTyped && !mayBe(schema, "object")) {
            values.add(make.objectNode());
        }
        // A definition is YAML, where every scalar is a text.
        if (isTyped && mayBe(schema, "integer")) {
            values.add(make.booleanNode(true));
        }
        if (mayBe(schema, "integer") || mayBe(schema, "number")) {
            values.add(make.textNode("many"));
        }
        if (schema.has("minimum")) {
            values.add(make.numberNode(schema.path("minimum").asLong() - 1));
        }
        if (schema.has("maximum")) {
            values.add(make.numberNode(schema.path("maximum").asLong() + 1));
        }
        if (schema.has("maxLength")) {
            values.add(make.textNode("a".repeat(schema.path("maxLength").asInt() + 1)));
        }
        if (schema.path("minLength").asInt() > 0) {
            values.add(make.textNode(""));
        }
        if (schema.has("enum")) {
            values.add(make.textNode("nonsense"));
        }
        if (schema.has("maxItems")) {
            var many = make.arrayNode();
            for (int n = 0; n <= schema.path("maxItems").asInt(); n++) {
                many.add("item-" + n);
            }
            values.add(many);
        }
        return values;
    }
}
