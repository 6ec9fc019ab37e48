package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Reads a page of a host that the agent may reach.
@Singleton
final class HttpFetchTool implements Tool {

    private static final Map<String, String> ACCEPT =
            Map.of("Accept", "text/html, text/plain, application/json, text/*;q=0.8, */*;q=0.1");

    private final HttpFetchConfig config;
    private final Outbound outbound;

    HttpFetchTool(HttpFetchConfig config, Outbound outbound) {
        this.config = config;
        this.outbound = outbound;
    }

    @Override
    public String name() {
        return "http_fetch";
    }

    @Override
    public String description() {
        return "Reads a web page or file as text. Only some hosts may be reached; others are refused with their names.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return config.timeout();
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["url"], "properties": {
                  "url": {"type": "string", "minLength": 1, "maxLength": 2000, "description": "Address of the page, http or https; its host must be allowed"}}}""";
    }

    @Override
    public JsonNode call(JsonNode arguments, Surroundings surroundings) {
        var sending = Sending.get(arguments.path("url").asText(), ACCEPT, List.of())
                // Whoever calls tools ends them when their time is up; this is for what would go on beside that.
                .within(config.timeout().plusSeconds(1), config.maxBytes());
        var reach = Reach.listed(surroundings.allowedHosts(), config.allowPrivate());
        return outbound.send(sending, reach, new ReadPage(config.maxBytes())::read);
    }
}
