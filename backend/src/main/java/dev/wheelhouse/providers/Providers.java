package dev.wheelhouse.providers;

import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource;
import dev.wheelhouse.outbound.Outbound;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The providers over the network, by the names that settings give them.
@Factory
public final class Providers {

    /// Every server that speaks OpenAI's chat completions, and OpenAI itself.
    @Singleton
    ProviderSource openAi(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("openai", new OpenAiWire(), "OPENAI_API_KEY", outbound, clock(clock));
    }

    @Singleton
    ProviderSource anthropic(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("anthropic", new AnthropicWire(), "ANTHROPIC_API_KEY", outbound, clock(clock));
    }

    @Singleton
    ProviderSource azure(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("azure", new AzureWire(), "AZURE_OPENAI_API_KEY", outbound, clock(clock));
    }

    @Singleton
    ProviderSource mistral(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("mistral", new MistralWire(), "MISTRAL_API_KEY", outbound, clock(clock));
    }

    @Singleton
    ProviderSource ollama(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("ollama", new OllamaWire(), "OLLAMA_API_KEY", outbound, clock(clock));
    }

    @Singleton
    ProviderSource bedrock(Outbound outbound, @Nullable InstantSource clock) {
        return new WireSource("bedrock", new BedrockWire(), "AWS_BEARER_TOKEN_BEDROCK", outbound, clock(clock));
    }

    private static InstantSource clock(@Nullable InstantSource clock) {
        return clock == null ? InstantSource.system() : clock;
    }

    /// The same provider, which is asked only what its target can and may be asked.
    public static Provider withinLimits(ProviderSource.Opening opening, Provider provider) {
        return new WithinLimits(opening, provider);
    }

    /// What a refusal names that may be left out of one more request; null if nothing.
    ///
    /// @param tried what was left out already
    public static @Nullable Adaptation adaptation(Refusal refusal, Set<Adaptation> tried) {
        return Adapt.of(refusal, tried);
    }

    /// All of them: for tests and benchmarks of whatever stands on models.
    public static List<ProviderSource> all(Outbound outbound) {
        return all(outbound, InstantSource.system());
    }

    /// The same by another clock, which tells how long tokens are good and when requests were signed.
    public static List<ProviderSource> all(Outbound outbound, InstantSource clock) {
        var providers = new Providers();
        return List.of(
                providers.openAi(outbound, clock),
                providers.anthropic(outbound, clock),
                providers.azure(outbound, clock),
                providers.mistral(outbound, clock),
                providers.ollama(outbound, clock),
                providers.bedrock(outbound, clock));
    }
}
