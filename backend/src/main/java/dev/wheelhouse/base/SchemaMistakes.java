package dev.wheelhouse.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for what keeps a JSON Schema that somebody sent from being used: what the specification forbids, references
/// that lead out of it, nowhere or in a circle, patterns that cannot be bounded, keywords that look like slips.
final class SchemaMistakes {

    private static final int MOST = 20;

    private static final Set<String> SPECIFICATIONS = Set.of(
            "https://json-schema.org/draft/2020-12/schema",
            "https://json-schema.org/draft/2019-09/schema",
            "http://json-schema.org/draft-07/schema");

    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "object", "array", "null");
    /// Words of programming languages for them.
    private static final Map<String, String> MEANT = Map.of(
            "int", "integer", "str", "string", "text", "string", "bool", "boolean", "float", "number", "double",
            "number", "dict", "object", "map", "object", "list", "array", "none", "null");

    /// Keywords that hold values rather than schemas.
    private static final Set<String> VALUES = Set.of("enum", "const", "default", "examples");

    private static final Set<String> ONE = Set.of(
            "additionalProperties", "items", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties");
    private static final Set<String> ONE_IN_PLACE = Set.of("not", "if", "then", "else");
    private static final Set<String> SEVERAL_IN_PLACE = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");
    private static final Set<String> OUTSIDE =
            Set.of("$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$vocabulary");

    private static final Set<String> OTHERS = Set.of(
            "$schema",
            "$ref",
            "$comment",
            "type",
            "enum",
            "const",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "format",
            "pattern",
            "minLength",
            "maxLength",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minContains",
            "maxContains",
            "required",
            "minProperties",
            "maxProperties",
            "dependentRequired",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private static final Set<String> KNOWN = known();

    private static final JsonSchema SPECIFICATION = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                    SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"),
                    SchemaValidatorsConfig.builder()
                            .locale(Locale.ENGLISH)
                            .pathType(PathType.JSON_POINTER)
                            .build());

    private final JsonNode root;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();
    private final SchemaReferences references = new SchemaReferences(this::mistake);

    SchemaMistakes(JsonNode root) {
        this.root = root;
    }

    private static Set<String> known() {
        var known = new java.util.HashSet<>(OTHERS);
        List.of(ONE, ONE_IN_PLACE, SEVERAL_IN_PLACE, NAMED, OUTSIDE).forEach(known::addAll);
        return Set.copyOf(known);
    }

    List<Problem.Mistake> find() {
        if (!root.isObject()) {
            mistake("", "A schema must be an object, not %s".formatted(root), "Write {\"type\": \"object\", …}");
            return mistakes;
        }
        int length = root.toString().length();
        if (length > Schema.LONGEST || Json.depth(root) > Schema.DEEPEST) {
            mistake(
                    "",
                    "The schema has %,d characters and %d levels".formatted(length, Json.depth(root)),
                    "Use at most %,d characters and %d levels".formatted(Schema.LONGEST, Schema.DEEPEST));
            return mistakes;
        }
        checkTypes("", root);
        // The specification's own message, where its keywords are used wrongly; each place once.
        SPECIFICATION.validate(root).stream()
                .sorted(java.util.Comparator.comparing(
                        mistake -> mistake.getInstanceLocation().toString()))
                .forEach(mistake -> mistakeOnce(
                        mistake.getInstanceLocation().toString(),
                        mistake.getMessage().substring(mistake.getMessage().indexOf(": ") + 2)));
        walk("", root);
        references.check();
        if (mistakes.isEmpty()) {
            checkRoot();
        }
        return mistakes.subList(0, Math.min(MOST, mistakes.size()));
    }

    private void mistake(String pointer, String message, @Nullable String hint) {
        mistakes.add(Problem.Mistake.at(pointer, message, hint));
    }

    private void mistakeOnce(String pointer, String why) {
        boolean isTold = mistakes.stream()
                .anyMatch(other ->
                        other.path().equals(pointer) || other.path().startsWith(pointer + "/") && isType(pointer));
        if (!isTold) {
            var at = root.at(pointer);
            mistake(pointer, "%s is no JSON Schema: %s".formatted(Text.shorten(at.toString(), 60), why), null);
        }
    }

    private static boolean isType(String pointer) {
        return pointer.endsWith("/type");
    }

    /// What the specification says of a wrong type helps nobody.
    private void checkTypes(String pointer, JsonNode node) {
        for (var field : node.properties()) {
            String at = pointer + "/" + escaped(field.getKey());
            boolean isKeyword = !NAMED.contains(pointer.substring(pointer.lastIndexOf('/') + 1));
            if (field.getKey().equals("type") && isKeyword) {
                checkType(at, field.getValue());
            }
            if (!VALUES.contains(field.getKey()) || !isKeyword) {
                checkTypes(at, field.getValue());
            }
        }
        for (int n = 0; node.isArray() && n < node.size(); n++) {
            checkTypes(pointer + "/" + n, node.get(n));
        }
    }

    private void checkType(String at, JsonNode type) {
        if (type.isTextual() && !TYPES.contains(type.textValue())) {
            mistake(
                    at,
                    "There is no type \"%s\"".formatted(Text.shorten(type.textValue(), 60)),
                    MEANT.containsKey(type.textValue())
                            ? "Write \"%s\"".formatted(MEANT.get(type.textValue()))
                            : Suggest.hint(type.textValue(), TYPES));
        }
        for (int n = 0; type.isArray() && n < type.size(); n++) {
            checkType(at + "/" + n, type.get(n));
        }
    }

    private void walk(String pointer, JsonNode schema) {
        var here = references.schema(pointer);
        if (!schema.isObject()) {
            return;
        }
        for (var field : schema.properties()) {
            String key = field.getKey();
            String at = pointer + "/" + escaped(key);
            JsonNode value = field.getValue();
            if (ONE.contains(key) || ONE_IN_PLACE.contains(key)) {
                walk(at, value);
                if (ONE_IN_PLACE.contains(key)) {
                    here.add(at);
                }
            } else if (SEVERAL_IN_PLACE.contains(key) || key.equals("prefixItems")) {
                walkList(at, value, key.equals("prefixItems") ? new ArrayList<>() : here);
            } else if (NAMED.contains(key)) {
                walkNamed(key, at, value, here);
            } else {
                keyword(at, key, value, here);
            }
        }
    }

    private void walkList(String at, JsonNode list, List<String> here) {
        for (int n = 0; list.isArray() && n < list.size(); n++) {
            walk(at + "/" + n, list.get(n));
            here.add(at + "/" + n);
        }
    }

    private void walkNamed(String key, String at, JsonNode named, List<String> here) {
        named.properties().forEach(entry -> {
            String inner = at + "/" + escaped(entry.getKey());
            walk(inner, entry.getValue());
            if (key.equals("patternProperties")) {
                checkPattern(inner, entry.getKey());
            }
            if (key.equals("dependentSchemas")) {
                here.add(inner);
            }
        });
    }

    private void keyword(String at, String key, JsonNode value, List<String> here) {
        if (OUTSIDE.contains(key)) {
            mistake(at, "\"%s\" is not supported".formatted(key), "Refer to parts of this schema as #/$defs/name");
        } else if (key.equals("$schema")
                && !SPECIFICATIONS.contains(value.asText().replaceAll("#$", ""))) {
            mistake(
                    at,
                    "\"$schema\" is %s".formatted(Text.shorten(value.toString(), 80)),
                    "Leave it out, or write https://json-schema.org/draft/2020-12/schema");
        } else if (key.equals("$ref") && value.isTextual()) {
            here.add(references.add(at, value.textValue()));
        } else if (key.equals("pattern") && value.isTextual()) {
            checkPattern(at, value.textValue());
        } else if (!KNOWN.contains(key)) {
            Suggest.nearest(key, KNOWN)
                    .ifPresent(meant -> mistake(
                            at,
                            "Unknown keyword \"%s\"".formatted(Text.shorten(key, 60)),
                            "Did you mean \"%s\"?".formatted(meant)));
        }
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private void checkPattern(String at, String pattern) {
        try {
            SafePattern.of(pattern);
        } catch (PatternSyntaxException e) {
            mistake(
                    at,
                    "\"%s\" is not a pattern that can be used: %s"
                            .formatted(Text.shorten(pattern, 60), e.getDescription()),
                    "Write a regular expression without look-ahead, look-behind and references back");
        }
    }

    private void checkRoot() {
        JsonNode schema = root;
        while (schema.path("$ref").isTextual()) {
            schema = root.at(SchemaReferences.target(schema.path("$ref").textValue()));
        }
        if (!schema.path("type").asText().equals("object")) {
            mistake(
                    "/type",
                    "The schema must be of an object, which every model server takes",
                    "Write \"type\": \"object\", and put other values under its properties");
        }
    }
}
