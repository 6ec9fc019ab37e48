package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a model's arguments against a tool's schema, which is compiled once.
final class Arguments {

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonSchema schema;

    Arguments(JsonNode schema) {
        this.schema = FACTORY.getSchema(schema);
    }

    /// Either values or a refusal that names everything that is wrong.
    record Read(JsonNode values, @Nullable ToolResult refusal) {}

    Read read(String arguments) {
        JsonNode values;
        try {
            values = Json.read(arguments.isBlank() ? "{}" : arguments);
        } catch (Problem e) {
            return refused("The arguments are not JSON: " + Text.shorten(arguments, 100));
        }
        var mistakes = schema.validate(values);
        if (mistakes.isEmpty()) {
            return new Read(values, null);
        }
        return refused(mistakes.stream()
                .map(ValidationMessage::getMessage)
                .map(mistake -> mistake.startsWith("$") ? mistake.substring(1) : mistake)
                .sorted()
                .collect(Collectors.joining("; ")));
    }

    private static Read refused(String why) {
        return new Read(
                Json.read("{}"),
                ToolResult.failed("invalid_arguments", Text.shorten(why, 2_000), "Correct all of it and call again"));
    }
}
