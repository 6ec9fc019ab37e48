package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The form of an answer that a model asks a person for, as a JSON Schema. It must be one, must not make the backend
/// load other documents or run expensive patterns, and somebody must be able to fill it in.
final class QuestionForm {

    private static final Set<String> FORBIDDEN = Set.of(
            "$ref", "$dynamicRef", "$recursiveRef", "$schema", "$id", "$vocabulary", "pattern", "patternProperties");
    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "dependentSchemas", "$defs", "definitions");
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples", "required");
    private static final List<List<String>> BOUNDS = List.of(
            List.of("minimum", "maximum"),
            List.of("exclusiveMinimum", "exclusiveMaximum"),
            List.of("minLength", "maxLength"),
            List.of("minItems", "maxItems"),
            List.of("minProperties", "maxProperties"));

    private QuestionForm() {}

    /// Why it cannot be shown, or null where it can.
    static @Nullable String mistake(JsonNode schema) {
        String keyword = forbidden(schema, false);
        if (keyword != null) {
            return "\"%s\" is not supported".formatted(keyword);
        }
        String wrong = invalid(schema);
        return wrong != null ? wrong : impossible("", schema);
    }

    /// Property names are unrestricted.
    private static @Nullable String forbidden(JsonNode schema, boolean isByName) {
        for (var field : schema.properties()) {
            if (!isByName && FORBIDDEN.contains(field.getKey())) {
                return field.getKey();
            }
            boolean isValue = !isByName && VALUES.contains(field.getKey());
            String inner =
                    isValue ? null : forbidden(field.getValue(), !isByName && SCHEMAS_BY_NAME.contains(field.getKey()));
            if (inner != null) {
                return inner;
            }
        }
        for (JsonNode element : schema.isArray() ? schema : Json.mapper().createArrayNode()) {
            String inner = forbidden(element, false);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    private static @Nullable String invalid(JsonNode schema) {
        var whole = Json.mapper().createObjectNode().put("type", "object");
        whole.putObject("properties").set("answer", schema);
        var mistakes = Schema.mistakes(whole);
        return mistakes.isEmpty()
                ? null
                : mistakes.stream()
                        .map(mistake -> mistake.path().replaceFirst("^/properties/answer", "schema") + ": "
                                + mistake.sentences())
                        .limit(5)
                        .collect(Collectors.joining(" "));
    }

    /// What no answer can satisfy; null where none is found.
    private static @Nullable String impossible(String place, JsonNode schema) {
        for (var bound : BOUNDS) {
            var least = schema.path(bound.getFirst());
            var most = schema.path(bound.getLast());
            if (least.isNumber() && most.isNumber() && least.decimalValue().compareTo(most.decimalValue()) > 0) {
                return "no answer fits: %s\"%s\" is above \"%s\"".formatted(place, bound.getFirst(), bound.getLast());
            }
        }
        String choice = choice(place, schema);
        if (choice != null) {
            return choice;
        }
        for (var required : schema.path("required")) {
            String name = required.asText();
            var inner = schema.path("properties").path(name);
            boolean isShut = inner.isMissingNode()
                    && schema.path("additionalProperties").isBoolean()
                    && !schema.path("additionalProperties").asBoolean();
            if (isShut || inner.isBoolean() && !inner.asBoolean()) {
                return "no answer fits: %s\"%s\" is required and not allowed".formatted(place, name);
            }
        }
        for (var property : schema.path("properties").properties()) {
            String inner = impossible(place + "/" + property.getKey() + " ", property.getValue());
            if (inner != null) {
                return inner;
            }
        }
        return schema.path("items").isObject() ? impossible(place + "/items ", schema.path("items")) : null;
    }

    private static @Nullable String choice(String place, JsonNode schema) {
        var values =
                schema.has("const") ? Json.mapper().createArrayNode().add(schema.get("const")) : schema.path("enum");
        if (!values.isArray()) {
            return null;
        }
        for (var value : values) {
            if (Tools.wrong(schema, value) == null) {
                return null;
            }
        }
        return "no answer fits: %snone of the values of \"%s\" is allowed by the rest of the schema"
                .formatted(place, schema.has("const") ? "const" : "enum");
    }
}
