package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Lets time pass. The engine does the waiting, so a wait survives restarts and holds no thread.
@Singleton
final class WaitTool implements Tool {

    @Override
    public String name() {
        return "wait";
    }

    @Override
    public String description() {
        return "Waits for a number of seconds, up to a day, before continuing.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["seconds"], "properties": {
                  "seconds": {"type": "integer", "minimum": 1, "maximum": 86400,
                    "description": "How long, up to 86400 (a day)"}}}""";
    }

    @Override
    public Optional<Later> later(JsonNode arguments) {
        long seconds = arguments.path("seconds").asLong();
        return Optional.of(new Later.Sleep(
                Duration.ofSeconds(seconds), Json.mapper().createObjectNode().put("waited", seconds)));
    }
}
