package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The tools that act on the effect server, one of each class. Part of a replica only where `CHAOS_EFFECTS` is set.
@Factory
@Requires(property = "chaos.effects")
final class EffectTools {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String effects;
    private final String port;

    EffectTools(
            @Property(name = "chaos.effects") String effects, @Property(name = "micronaut.server.port") String port) {
        this.effects = effects;
        this.port = port;
    }

    @Bean
    @Singleton
    Tool read() {
        return new Act(Effect.READ);
    }

    @Bean
    @Singleton
    Tool keyed() {
        return new Act(Effect.KEYED);
    }

    @Bean
    @Singleton
    Tool unkeyed() {
        return new Act(Effect.UNKEYED);
    }

    private final class Act implements Tool {

        private final Effect effect;

        Act(Effect effect) {
            this.effect = effect;
        }

        @Override
        public String name() {
            return "effect_" + effect.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String description() {
            return "Does something outside that is counted.";
        }

        @Override
        public Effect effect() {
            return effect;
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(40);
        }

        @Override
        public String schema() {
            return """
                    {"type": "object", "additionalProperties": false, "required": ["run", "act"], "properties": {
                      "run": {"type": "string"}, "act": {"type": "string"}, "forMs": {"type": "integer"},
                      "bytes": {"type": "integer"}}}""";
        }

        @Override
        public JsonNode call(JsonNode arguments, ToolContext context) throws Exception {
            context.ensureOwned();
            var request = HttpRequest.newBuilder(URI.create(effects + "/" + name()))
                    .timeout(timeout())
                    .header("Idempotency-Key", context.idempotencyKey())
                    .header("Replica-Port", port)
                    .POST(HttpRequest.BodyPublishers.ofString(arguments.toString()))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The effect server answered " + response.statusCode());
            }
            return Json.read(response.body());
        }
    }
}
