package dev.wheelhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// `openapi.json`, and whether an answer is what it promises.
public final class Specification {

    public static final Path SERVED = Path.of("src/main/resources/openapi.json");

    private static final JsonNode DOCUMENT = read();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();

    private Specification() {}

    private static JsonNode read() {
        try {
            return Json.read(Files.readString(SERVED));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode document() {
        return DOCUMENT;
    }

    /// Every operation, such as `GET /api/v1/runs/{id}`.
    public static TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        DOCUMENT.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase() + " " + path.getKey())));
        return operations;
    }

    /// Fails where the answer is not of the schema that its operation, status and content type have.
    public static void check(String method, String path, int status, String type, String body) {
        if (!type.contains("json")) {
            return;
        }
        var found = DOCUMENT.path("paths").properties().stream()
                .filter(entry -> path.matches(pattern(entry.getKey())))
                .map(entry -> entry.getValue().path(method.toLowerCase()))
                .filter(JsonNode::isObject)
                .findFirst();
        JsonNode responses = found.map(operation -> operation.path("responses"))
                .orElse(Json.read("{\"default\":{\"$ref\":\"#/components/responses/Problem\"}}"));
        JsonNode response = responses.has(String.valueOf(status))
                ? responses.get(String.valueOf(status))
                : path.startsWith("/v1/")
                        ? DOCUMENT.at("/components/responses/OpenAiError")
                        : DOCUMENT.at("/components/responses/Problem");
        if (response.has("$ref")) {
            response = DOCUMENT.at(response.path("$ref").asText().substring(1));
        }
        JsonNode schema = response.path("content").path(type.split(";")[0]).path("schema");

        assertThat(schema.isMissingNode())
                .as("%s %s answered %d as %s, which the specification does not say", method, path, status, type)
                .isFalse();
        assertThat(LOADED.computeIfAbsent(schema.toString(), Specification::load)
                        .validate(Json.read(body)))
                .as("%s %s answered %d: %s", method, path, status, body)
                .isEmpty();
    }

    private static JsonSchema load(String schema) {
        var whole = (ObjectNode) Json.read(schema);
        whole.set("components", DOCUMENT.get("components"));
        return SCHEMAS.getSchema(whole);
    }

    private static String pattern(String template) {
        return Pattern.compile("\\{[a-z]+}").matcher(template).replaceAll("[^/]+");
    }
}
