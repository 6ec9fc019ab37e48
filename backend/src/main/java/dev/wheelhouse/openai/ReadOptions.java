package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.clients.ToolChoice;
import dev.wheelhouse.models.ToolDescription;
import dev.wheelhouse.rest.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a client wants an answer to be made: what both of OpenAI's forms say nearly alike.
final class ReadOptions {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MOST_TOOLS = 128;
    private static final int MOST_STOPS = 4;
    private static final int MOST_TOKENS = 1_000_000;

    private ReadOptions() {}

    /// @param isNested a tool's name and schema stand in its field `function`, as in chat completions
    /// @param bounds the names under which the longest answer may be given
    static RunOptions of(Fields fields, boolean isNested, String... bounds) {
        var tools = tools(fields, isNested);
        JsonNode parallel = fields.node("parallel_tool_calls");
        fields.flag("parallel_tool_calls");
        Integer most = Stream.of(bounds)
                .map(name -> bound(fields, name))
                .filter(Objects::nonNull)
                .min(Integer::compare)
                .orElse(null);
        return new RunOptions(
                tools,
                choice(fields, tools, isNested),
                parallel != null && parallel.isBoolean() && !parallel.booleanValue(),
                temperature(fields),
                most,
                stops(fields),
                schema(fields, isNested));
    }

    /// Clients of LM Studio say `max_tokens: -1` where they mean no bound.
    private static @Nullable Integer bound(Fields fields, String name) {
        JsonNode said = fields.node(name);
        return name.equals("max_tokens") && said != null && said.isNumber() && said.asInt() == -1
                ? null
                : fields.numberOrNull(name, 1, MOST_TOKENS);
    }

    private static List<ToolDescription> tools(Fields fields, boolean isNested) {
        var tools = new ArrayList<ToolDescription>();
        var names = new HashSet<String>();
        for (var tool : fields.objects("tools", null)) {
            String type = tool.has("type") ? tool.text("type", 60) : "function";
            if (!type.equals("function")) {
                tool.refuse(
                        "type",
                        "Tools of type \"%s\" are not offered to agents".formatted(type),
                        "Send functions, or give the agent a tool of its own");
                continue;
            }
            JsonNode function = isNested ? tool.node("function") : Json.read(tool.json());
            String name = function == null ? "" : function.path("name").asText();
            String where = isNested ? "function" : "name";
            if (function == null || !NAME.matcher(name).matches()) {
                tool.refuse(
                        where, "The function's name is \"%s\"".formatted(name), "Use 1 to 64 letters, digits, _ and -");
            } else if (!names.add(name)) {
                tool.refuse(where, "Two functions are called \"%s\"".formatted(name), "Give each a name of its own");
            } else {
                tools.add(tool(tool, where, name, function));
            }
        }
        if (tools.size() > MOST_TOOLS) {
            fields.refuse("tools", "There are %d tools".formatted(tools.size()), "Send at most " + MOST_TOOLS);
        }
        return tools;
    }

    private static ToolDescription tool(Fields tool, String where, String name, JsonNode function) {
        JsonNode schema = function.path("parameters");
        if (!schema.isMissingNode() && !schema.isNull() && !schema.isObject()) {
            tool.refuse(where, "The parameters of \"%s\" are no JSON Schema of an object".formatted(name), null);
        }
        boolean isEmpty = !schema.isObject() || schema.isEmpty();
        return new ToolDescription(
                name,
                function.path("description").asText(""),
                isEmpty ? Json.read("{\"type\":\"object\",\"properties\":{}}") : schema);
    }

    private static ToolChoice choice(Fields fields, List<ToolDescription> tools, boolean isNested) {
        JsonNode choice = fields.node("tool_choice");
        if (choice == null) {
            return ToolChoice.AUTO;
        }
        // Some clients put the word into an object, as Anthropic's API has it.
        String word = choice.isTextual() ? choice.asText() : choice.path("type").asText();
        var read =
                switch (word) {
                    case "auto" -> ToolChoice.AUTO;
                    case "none" -> ToolChoice.NONE;
                    case "required", "any" -> ToolChoice.REQUIRED;
                    default -> named(choice, isNested);
                };
        if (read == null) {
            fields.refuse(
                    "tool_choice",
                    "\"tool_choice\" is %s".formatted(choice),
                    "Send auto, none, required, or a function by its name");
            return ToolChoice.AUTO;
        }
        boolean isOffered = read.tool() == null
                || tools.stream().anyMatch(tool -> tool.name().equals(read.tool()));
        if (!isOffered || read.isForced() && tools.isEmpty()) {
            fields.refuse(
                    "tool_choice",
                    "\"tool_choice\" wants a function that is not in \"tools\"",
                    "Choose one of those in \"tools\"");
        }
        return read;
    }

    private static @Nullable ToolChoice named(JsonNode choice, boolean isNested) {
        String type = choice.path("type").asText();
        JsonNode function = isNested && type.equals("function") ? choice.path("function") : choice;
        boolean isFunction = (type.equals("function") || type.equals("tool"))
                && function.path("name").isTextual();
        return isFunction ? ToolChoice.named(function.path("name").asText()) : null;
    }

    /// Chat completions put the schema a level deeper than responses do.
    private static @Nullable JsonNode schema(Fields fields, boolean isNested) {
        String field = isNested ? "response_format" : "text";
        JsonNode node = fields.node(field);
        if (node == null) {
            return null;
        }
        JsonNode format = isNested ? node : node.path("format");
        if (!node.isObject() || format.isArray() || format.isValueNode() && !format.isNull()) {
            fields.refuse(field, "\"%s\" is %s".formatted(field, Text.shorten(node.toString(), 60)), "Send an object");
            return null;
        }
        return switch (format.path("type").asText("text")) {
            case "text" -> null;
            // Some servers take a schema here too, and so their clients send one.
            case "json_object" ->
                format.path("schema").isObject() ? schema(fields, field, format) : Json.read("{\"type\":\"object\"}");
            case "json_schema" -> schema(fields, field, around(format, isNested));
            default -> {
                fields.refuse(
                        field,
                        "\"%s\" has the type %s".formatted(field, format.path("type")),
                        "Use text, json_object or json_schema");
                yield null;
            }
        };
    }

    /// What has the schema in it. Some clients leave out one of the levels.
    private static JsonNode around(JsonNode format, boolean isNested) {
        JsonNode inner = format.path("json_schema");
        if (!isNested || format.path("schema").isObject()) {
            return format;
        }
        boolean isSchema = inner.path("type").isTextual() && !inner.has("schema");
        return isSchema ? Json.mapper().createObjectNode().set("schema", inner) : inner;
    }

    private static @Nullable JsonNode schema(Fields fields, String field, JsonNode around) {
        JsonNode schema = around.path("schema");
        if (schema.isMissingNode()) {
            fields.refuse(field, "\"%s\" has no schema".formatted(field), "Send the JSON Schema of the answer");
            return null;
        }
        Schema.mistakes(schema)
                .forEach(mistake -> fields.refuse(
                        field,
                        "The schema at \"%s\": %s".formatted(mistake.path(), mistake.message()),
                        mistake.hint()));
        return schema;
    }

    private static @Nullable Double temperature(Fields fields) {
        JsonNode node = fields.node("temperature");
        if (node == null) {
            return null;
        }
        if (!node.isNumber() || node.asDouble() < 0 || node.asDouble() > 2) {
            fields.refuse("temperature", "\"temperature\" must be a number from 0 to 2", null);
            return null;
        }
        return node.asDouble();
    }

    private static List<String> stops(Fields fields) {
        JsonNode node = fields.node("stop");
        if (node == null) {
            return List.of();
        }
        var stops = new ArrayList<String>();
        if (node.isTextual()) {
            stops.add(node.asText());
        } else if (node.isArray()) {
            node.forEach(stop -> stops.add(stop.isTextual() ? stop.asText() : ""));
        }
        boolean isSane = stops.size() <= MOST_STOPS
                && (node.isTextual() || node.isArray())
                && stops.stream().allMatch(stop -> !stop.isEmpty() && stop.length() <= 200);
        if (!isSane) {
            fields.refuse("stop", "\"stop\" must be a text, or up to %d texts".formatted(MOST_STOPS), null);
            return List.of();
        }
        return stops;
    }
}
