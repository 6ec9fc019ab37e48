package dev.wheelhouse.modules;

import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The providers that langchain4j's modules speak to: Google's Gemini, at Google AI and at Vertex AI.
@Factory
public final class Modules {

    @Singleton
    ProviderSource gemini(Outbound outbound, @Nullable InstantSource clock) {
        return new GeminiSource(GeminiSource.Home.GOOGLE_AI, outbound, clock(clock));
    }

    @Singleton
    ProviderSource vertex(Outbound outbound, @Nullable InstantSource clock) {
        return new GeminiSource(GeminiSource.Home.VERTEX_AI, outbound, clock(clock));
    }

    private static InstantSource clock(@Nullable InstantSource clock) {
        return clock == null ? InstantSource.system() : clock;
    }

    /// All of them: for tests and benchmarks of whatever stands on models.
    public static List<ProviderSource> all(Outbound outbound, InstantSource clock) {
        var modules = new Modules();
        return List.of(modules.gemini(outbound, clock), modules.vertex(outbound, clock));
    }
}
