package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Makes a tool of one operation: a schema for its arguments, and what is needed to send it.
final class ReadOperation {

    private static final Set<String> READS = Set.of("get", "head", "options", "trace");
    private static final Set<String> REPEATABLE = Set.of("put", "delete");
    private static final Set<String> SET_BY_US = Set.of("accept", "content-type", "authorization", "host");
    private static final int LONGEST_NAME = 64;

    private final Document document;
    private final JsonNode path;
    private final JsonNode operation;
    private final ConvertSchema schemas;
    private final ObjectNode properties = Json.mapper().createObjectNode();
    private final ArrayNode required = Json.mapper().createArrayNode();
    private final ObjectNode request = Json.mapper().createObjectNode();

    ReadOperation(Document document, JsonNode path, JsonNode operation) {
        this.document = document;
        this.path = path;
        this.operation = operation;
        this.schemas = new ConvertSchema(document);
    }

    Operation read(String name, String method, String template, Addresses addresses) {
        String title = Text.shorten(operation.path("summary").asText(""), 200);
        String about = operation.path("description").asText("");
        String description = about.isBlank() ? title : about;
        String said = description.isBlank() ? "%s of the API".formatted(name) : description;
        try {
            request.put("method", method.toUpperCase(Locale.ROOT));
            request.put(
                    "url",
                    addresses.base(
                                    operation.path("servers"),
                                    path.path("servers"),
                                    document.root().path("servers"))
                            + template);
            parameters(template);
            body();
            request.set("security", security());
            return new Operation(name, title, said, schema(), hints(method), request, null);
        } catch (RefusedException e) {
            return new Operation(
                    name, title, said, Json.mapper().createObjectNode(), hints(method), request, e.getMessage());
        }
    }

    private ObjectNode hints(String method) {
        boolean isKeyed = request.has("key") || REPEATABLE.contains(method);
        return Json.mapper()
                .createObjectNode()
                .put("readOnlyHint", READS.contains(method))
                .put("idempotentHint", isKeyed)
                .put("destructiveHint", !READS.contains(method));
    }

    private ObjectNode schema() {
        var schema = Json.mapper().createObjectNode().put("type", "object");
        schema.set("properties", properties);
        schema.set("required", required);
        schema.put("additionalProperties", false);
        if (!schemas.shared().isEmpty()) {
            schema.putObject("$defs").setAll(schemas.shared());
        }
        return schema;
    }

    /// Those of the operation stand before those of its path.
    private void parameters(String template) {
        var all = new LinkedHashMap<String, JsonNode>();
        for (var list : List.of(path.path("parameters"), operation.path("parameters"))) {
            for (var written : list) {
                var parameter = document.resolved(written);
                all.put(
                        parameter.path("in").asText() + " "
                                + parameter.path("name").asText(),
                        parameter);
            }
        }
        var sent = request.putArray("parameters");
        for (var parameter : all.values()) {
            parameter(parameter, sent);
        }
        var missing = new ArrayList<String>();
        java.util.regex.Pattern.compile("\\{([^}]+)}")
                .matcher(template)
                .results()
                .forEach(place -> {
                    if (!all.containsKey("path " + place.group(1))) {
                        missing.add(place.group(1));
                    }
                });
        for (String name : missing) {
            var text = Json.mapper()
                    .createObjectNode()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true);
            text.putObject("schema").put("type", "string");
            parameter(text, sent);
        }
    }

    private void parameter(JsonNode parameter, ArrayNode sent) {
        String name = parameter.path("name").asText();
        String in = parameter.path("in").asText();
        String small = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || !Set.of("path", "query", "header", "cookie").contains(in)) {
            throw new RefusedException("its parameter \"%s\" is in \"%s\"".formatted(name, in));
        }
        if (in.equals("header") && SET_BY_US.contains(small)) {
            return;
        }
        if (in.equals("header") && small.matches("(x-)?idempoten(cy|ce)-key")) {
            request.put("key", name);
            return;
        }
        boolean isJson = parameter.path("content").isObject()
                && !parameter.path("content").isEmpty();
        var schema = isJson ? parameter.path("content").elements().next().path("schema") : parameter.path("schema");
        String argument = argument(name, in);
        properties.set(
                argument,
                described(schemas.convert(schema), parameter.path("description").asText("")));
        if (parameter.path("required").asBoolean() || in.equals("path")) {
            required.add(argument);
        }
        String style = parameter.path("style").asText(Set.of("query", "cookie").contains(in) ? "form" : "simple");
        sent.addObject()
                .put("name", name)
                .put("in", in)
                .put("argument", argument)
                .put("style", isJson ? "json" : style)
                .put("explode", parameter.path("explode").asBoolean(style.equals("form")))
                .put("allowReserved", parameter.path("allowReserved").asBoolean());
    }

    private static JsonNode described(JsonNode schema, String about) {
        if (schema instanceof ObjectNode object && !about.isBlank()) {
            object.put("description", Text.shorten(about, 1_000));
        }
        return schema;
    }

    /// A name that models may use for an argument, each its own.
    private String argument(String name, String in) {
        String plain = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        String fitting = plain.substring(0, Math.min(plain.length(), LONGEST_NAME - 8));
        String argument = properties.has(fitting) ? in + "_" + fitting : fitting;
        for (int more = 2; properties.has(argument) || argument.equals("body"); more++) {
            argument = fitting + "_" + more;
        }
        return argument;
    }

    private void body() {
        var body = document.resolved(operation.path("requestBody"));
        var contents = body.path("content");
        if (!contents.isObject() || contents.isEmpty()) {
            return;
        }
        String type = type(contents);
        var schema = schemas.convert(contents.path(type).path("schema"));
        boolean isText = kind(type).equals("text");
        var shown = isText ? Json.mapper().createObjectNode().put("type", "string") : schema;
        String about = body.path("description").asText(isText ? "The body, as " + type : "");
        properties.set("body", described(shown, shown.has("$ref") ? "" : about));
        if (body.path("required").asBoolean()) {
            required.add("body");
        }
        request.putObject("body").put("type", type).put("kind", kind(type));
    }

    /// What is easiest to write for a model: JSON, then forms, then text.
    private static String type(JsonNode contents) {
        for (String kind : List.of("json", "form", "multipart", "text")) {
            for (var content : contents.properties()) {
                if (kind(content.getKey()).equals(kind)) {
                    return content.getKey();
                }
            }
        }
        return contents.fieldNames().next();
    }

    static String kind(String type) {
        String bare = type.toLowerCase(Locale.ROOT).replaceAll(";.*", "").strip();
        if (bare.equals("*/*") || bare.endsWith("/json") || bare.endsWith("+json")) {
            return "json";
        }
        if (bare.equals("application/x-www-form-urlencoded")) {
            return "form";
        }
        return bare.startsWith("multipart/") ? "multipart" : "text";
    }

    /// The alternatives, each a list of schemes that are needed together.
    private ArrayNode security() {
        var alternatives = Json.mapper().createArrayNode();
        var written = operation.has("security")
                ? operation.path("security")
                : document.root().path("security");
        for (var alternative : written) {
            var schemes = alternatives.addArray();
            for (var needed : alternative.properties()) {
                var scheme = document.resolved(document.root()
                        .path("components")
                        .path("securitySchemes")
                        .path(needed.getKey()));
                schemes.addObject()
                        .put("scheme", needed.getKey())
                        .put("type", scheme.path("type").asText())
                        .put("in", scheme.path("in").asText())
                        .put("name", scheme.path("name").asText())
                        .put("http", scheme.path("scheme").asText().toLowerCase(Locale.ROOT));
            }
        }
        return alternatives;
    }
}
