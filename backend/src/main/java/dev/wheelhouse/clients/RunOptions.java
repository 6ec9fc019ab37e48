package dev.wheelhouse.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ToolDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a client wants one run to be carried out, as far as the agent's definition leaves that open.
///
/// @param tools that the client executes itself, offered beside the agent's own
/// @param choice for the first answer; after a call the model decides again
/// @param isOneCall an answer may call one tool at most
/// @param temperature null for the agent's or the model's own
/// @param maxOutputTokens of each answer; null for the agent's or the model's own
/// @param stop texts before which an answer ends, at most four
/// @param schema JSON Schema that the answer has to match, null for text or the agent's own
public record RunOptions(
        List<ToolDescription> tools,
        ToolChoice choice,
        boolean isOneCall,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens,
        List<String> stop,
        @Nullable JsonNode schema) {

    public static final RunOptions NONE =
            new RunOptions(List.of(), ToolChoice.AUTO, false, null, null, List.of(), null);

    public RunOptions {
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
    }

    /// Reads what [#json()] wrote; fields of others are passed over.
    public static RunOptions of(@Nullable String json) {
        if (json == null) {
            return NONE;
        }
        JsonNode node = Json.read(json);
        var tools = new ArrayList<ToolDescription>();
        for (var tool : node.path("tools")) {
            tools.add(new ToolDescription(
                    tool.path("name").asText(), tool.path("description").asText(), tool.path("schema")));
        }
        var stop = new ArrayList<String>();
        node.path("stop").forEach(text -> stop.add(text.asText()));
        return new RunOptions(
                tools,
                choice(node.path("toolChoice")),
                node.path("oneCall").asBoolean(),
                node.has("temperature") ? node.get("temperature").asDouble() : null,
                node.has("maxOutputTokens") ? node.get("maxOutputTokens").asInt() : null,
                stop,
                node.path("output").get("schema"));
    }

    private static ToolChoice choice(JsonNode node) {
        return node.isMissingNode()
                ? ToolChoice.AUTO
                : new ToolChoice(
                        ToolChoice.How.of(node.path("how").asText()),
                        node.path("tool").asText(null));
    }

    /// JSON text of an object, null where nothing is asked for.
    public @Nullable String json() {
        return equals(NONE) ? null : node().toString();
    }

    private ObjectNode node() {
        var node = Json.mapper().createObjectNode();
        if (!tools.isEmpty()) {
            var list = node.putArray("tools");
            tools.forEach(tool -> list.addObject()
                    .put("name", tool.name())
                    .put("description", tool.description())
                    .set("schema", tool.schema()));
        }
        if (!choice.equals(ToolChoice.AUTO)) {
            var put = node.putObject("toolChoice").put("how", choice.how().word());
            if (choice.tool() != null) {
                put.put("tool", choice.tool());
            }
        }
        if (isOneCall) {
            node.put("oneCall", true);
        }
        putBounds(node);
        return node;
    }

    private void putBounds(ObjectNode node) {
        if (temperature != null) {
            node.put("temperature", temperature);
        }
        if (maxOutputTokens != null) {
            node.put("maxOutputTokens", maxOutputTokens);
        }
        if (!stop.isEmpty()) {
            var list = node.putArray("stop");
            stop.forEach(list::add);
        }
        if (schema != null) {
            node.putObject("output").set("schema", schema);
        }
    }

    /// Whether the client executes this tool.
    public boolean has(String tool) {
        return tools.stream().anyMatch(one -> one.name().equals(tool));
    }

    /// What is offered for the next answer: the agent's own tools and the client's, or fewer.
    ///
    /// @param isFirst no tool has been called yet under these options
    public List<ToolDescription> offered(List<ToolDescription> own, boolean isFirst) {
        if (choice.how() == ToolChoice.How.NONE) {
            return List.of();
        }
        if (choice.how() == ToolChoice.How.NAMED && isFirst) {
            return tools.stream()
                    .filter(tool -> tool.name().equals(choice.tool()))
                    .toList();
        }
        if (tools.isEmpty()) {
            return own;
        }
        var all = new ArrayList<>(own);
        all.addAll(tools);
        return all;
    }

    /// The smaller of the two bounds, null where there is none.
    public @Nullable Integer bound(@Nullable Integer own) {
        if (own == null || maxOutputTokens == null) {
            return own == null ? maxOutputTokens : own;
        }
        return Integer.valueOf(Math.min(own, maxOutputTokens));
    }
}
