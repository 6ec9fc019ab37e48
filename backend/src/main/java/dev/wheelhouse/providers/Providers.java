package dev.wheelhouse.providers;

import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.net.http.HttpHeaders;
import java.util.List;

/// The providers over the network, by the names that settings give them.
@Factory
public final class Providers {

    /// Every server that speaks OpenAI's chat completions, and OpenAI itself.
    @Singleton
    ProviderSource openAi(Outbound outbound) {
        return new WireSource("openai", new OpenAiWire("https://api.openai.com/v1", true), "OPENAI_API_KEY", outbound);
    }

    @Singleton
    ProviderSource anthropic(Outbound outbound) {
        return new WireSource("anthropic", new AnthropicWire(), "ANTHROPIC_API_KEY", outbound);
    }

    /// What a refusal means and what may help, for providers that speak another protocol.
    public static TryFailed refused(String place, int status, HttpHeaders headers, String body) {
        return Refusal.of(status, headers, body).asTryFailed(place);
    }

    /// All of them: for tests and benchmarks of whatever stands on models.
    public static List<ProviderSource> all(Outbound outbound) {
        var providers = new Providers();
        return List.of(providers.openAi(outbound), providers.anthropic(outbound));
    }
}
