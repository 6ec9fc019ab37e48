package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Delegates a task to another agent: a sub-run, within the caller's remaining limits.
@Singleton
final class CallAgentTool implements Tool {

    @Override
    public String name() {
        return "call_agent";
    }

    @Override
    public String description() {
        return "Delegates a task to another agent and returns its answer. Put everything it needs to know into the input.";
    }

    @Override
    public Effect effect() {
        return Effect.KEYED;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["agent", "input"], "properties": {
                  "agent": {"type": "string", "minLength": 1, "maxLength": 63,
                    "description": "Name of the agent"},
                  "input": {"type": "string", "minLength": 1, "maxLength": 100000,
                    "description": "The task and everything it needs; the other agent sees nothing else"}}}""";
    }

    @Override
    public Optional<Later> later(JsonNode arguments) {
        return Optional.of(new Later.Call(
                arguments.path("agent").asText(), arguments.path("input").asText()));
    }
}
