package dev.wheelhouse.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// A JSON Schema (2020-12), compiled once, that values are held against. It loads nothing from anywhere, and its
/// patterns take a time that grows with the text alone.
public final class Schema {

    /// Characters of a schema that somebody sends, at most.
    public static final int LONGEST = 50_000;

    /// Levels of objects and lists in such a schema, at most.
    public static final int DEEPEST = 32;

    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(Schema::matcher)
            .build();

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));

    // By the length of their texts.
    private static final Cache<JsonNode, Schema> COMPILED = Caffeine.newBuilder()
            .maximumWeight(2_000_000)
            .weigher((JsonNode schema, Schema _) -> schema.toString().length())
            .build();

    private final JsonSchema compiled;

    private Schema(JsonSchema compiled) {
        this.compiled = compiled;
    }

    /// All that keeps it from being used as a schema of an object, by JSON pointers into it; nothing where it can be.
    public static List<Problem.Mistake> mistakes(JsonNode schema) {
        return new SchemaMistakes(schema).find();
    }

    /// Of a schema without mistakes; throws an unchecked exception for most others.
    public static Schema of(JsonNode schema) {
        return COMPILED.get(schema, Schema::compile);
    }

    private static Schema compile(JsonNode schema) {
        JsonNode own = schema.deepCopy();
        if (own instanceof ObjectNode object) {
            // It would only be looked up, and is held to one version of the specification whatever it says.
            object.remove("$schema");
        }
        return new Schema(FACTORY.getSchema(own, CONFIG));
    }

    private static com.networknt.schema.regex.RegularExpression matcher(String written) {
        var pattern = SafePattern.of(written);
        return text -> pattern.matcher(text).find();
    }

    /// Everything that keeps the value from matching, as sentences with place, value and reason, sorted; none where it
    /// matches.
    public List<String> wrong(JsonNode value) {
        return compiled.validate(value).stream().map(this::sentence).sorted().toList();
    }

    /// For an unknown name, the one that was probably meant.
    private String sentence(ValidationMessage mistake) {
        String said = mistake.getMessage();
        String why = said.substring(said.indexOf(": ") + 2);
        if (mistake.getType().equals("additionalProperties")) {
            var known = new TreeSet<String>();
            compiled.getSchemaNode().path("properties").fieldNames().forEachRemaining(known::add);
            return "Unknown field \"%s\". %s"
                    .formatted(mistake.getProperty(), Suggest.hint(mistake.getProperty(), known));
        }
        String place = mistake.getInstanceLocation().toString();
        return place.isEmpty()
                ? why
                : "%s is %s: %s".formatted(place, Text.shorten(String.valueOf(mistake.getInstanceNode()), 60), why);
    }
}
