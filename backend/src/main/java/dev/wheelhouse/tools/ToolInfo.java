package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import java.time.Duration;

/// A tool as people and models see it. `schema` is the JSON Schema of the arguments.
public record ToolInfo(
        String name, String description, Effect effect, JsonNode schema, Duration timeout, Origin origin) {

    static ToolInfo of(Tool tool, JsonNode schema) {
        return new ToolInfo(tool.name(), tool.description(), tool.effect(), schema, tool.timeout(), tool.origin());
    }

    public boolean isOn() {
        return origin.state() == ToolState.ON;
    }
}
