package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Validates a model's arguments against a tool's schema, which is compiled once.
final class Arguments {

    private static final SchemaValidatorsConfig ENGLISH = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .pathType(PathType.JSON_POINTER)
            .build();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private static final int LONGEST = 100_000;

    private final JsonSchema schema;

    Arguments(JsonNode schema) {
        this.schema = FACTORY.getSchema(schema, ENGLISH);
    }

    /// Either the values or a refusal that names everything that is wrong.
    record Read(JsonNode values, @Nullable ToolResult refusal) {}

    Read read(String arguments) {
        JsonNode values;
        if (arguments.length() > LONGEST) {
            return refused(
                    "The arguments have %,d characters; the limit is %,d".formatted(arguments.length(), LONGEST));
        }
        try {
            values = Json.read(arguments.isBlank() ? "{}" : arguments);
        } catch (Problem e) {
            return refused("The arguments are not JSON: " + Text.shorten(arguments, 100));
        }
        var mistakes = schema.validate(values);
        if (mistakes.isEmpty()) {
            return new Read(values, null);
        }
        return refused(mistakes.stream().map(this::sentence).sorted().collect(Collectors.joining("; ")));
    }

    /// The place, the value and what is wrong with it; for an unknown name, the one that was probably meant.
    private String sentence(ValidationMessage mistake) {
        String said = mistake.getMessage();
        String why = said.substring(said.indexOf(": ") + 2);
        if (mistake.getType().equals("additionalProperties")) {
            var known = new TreeSet<String>();
            schema.getSchemaNode().path("properties").fieldNames().forEachRemaining(known::add);
            return "Unknown field \"%s\". %s"
                    .formatted(mistake.getProperty(), Suggest.hint(mistake.getProperty(), known));
        }
        String place = mistake.getInstanceLocation().toString();
        return place.isEmpty()
                ? why
                : "%s is %s: %s".formatted(place, Text.shorten(String.valueOf(mistake.getInstanceNode()), 60), why);
    }

    private static Read refused(String why) {
        return new Read(
                Json.read("{}"),
                ToolResult.failed("invalid_arguments", Text.shorten(why, 2_000), "Fix all of these and call again"));
    }
}
