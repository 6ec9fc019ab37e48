package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Effect;
import java.time.Duration;

/// A tool as people and models see it. `schema` is the JSON Schema of the arguments, `schemaText` the same as the
/// tool has written it.
public record ToolInfo(
        String name,
        String description,
        Effect effect,
        JsonNode schema,
        String schemaText,
        Duration timeout,
        Origin origin) {

    static ToolInfo of(Tool tool) {
        String text = tool.schema();
        return new ToolInfo(
                tool.name(), tool.description(), tool.effect(), Json.read(text), text, tool.timeout(), tool.origin());
    }

    public boolean isOn() {
        return origin.state() == ToolState.ON;
    }
}
