package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import org.jspecify.annotations.Nullable;

/// Validates a model's arguments against a tool's schema, which is compiled once.
final class Arguments {

    private static final int LONGEST = 100_000;

    private final Schema schema;

    Arguments(JsonNode schema) {
        this.schema = Schema.of(schema);
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
        var wrong = schema.wrong(values);
        return wrong.isEmpty() ? new Read(values, null) : refused(String.join("; ", wrong));
    }

    private static Read refused(String why) {
        return new Read(
                Json.read("{}"),
                ToolResult.failed("invalid_arguments", Text.shorten(why, 2_000), "Fix all of these and call again"));
    }
}
