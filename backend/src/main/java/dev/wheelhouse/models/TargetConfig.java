package dev.wheelhouse.models;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One model of one provider, as the operator's settings name it.
///
/// @param provider `openai` (every server that speaks its chat completions), `anthropic`, or another one that a
///     [ProviderSource] brings, such as `bedrock` or `demo`
/// @param name the model's name at the provider
/// @param url where the API is, up to and including `/v1`; the provider's own address where it is not given
/// @param region where a cloud answers, such as `eu-central-1`; of the provider's usual variable where it is not given
/// @param keyEnv the environment variable with the key; the provider's usual one where it is not given
/// @param keyHeader the header that carries the key by itself, such as `api-key`; the provider's way where not given
/// @param prices what tokens cost; a table of well-known models where it is not given
/// @param headers sent with every request
/// @param query added to the address of every request
/// @param proxy `http://host:port` for this target alone, or `none`; those of `outbound.proxy` where it is not given
/// @param caBundle a PEM file of certificate authorities that are trusted for this target alone
/// @param streamOptions whether token counts are asked for with `stream_options`; usually so
/// @param joinTurns whether messages in a row of the same role are sent as one; usually not
/// @param outputTokens the name of the bound on the answer's length; by provider where it is not given
/// @param reasoningEffort how much the model shall think, in the provider's words, such as `low`
/// @param keepAlive how long a server keeps the model in memory after a call, in its own words, such as `30m`
/// @param timeouts what differs from `models.timeouts`
/// @param concurrency calls at once from one replica, 1 to 10,000; as many as there are where it is not given
/// @param requestsPerMinute begun by one replica, 1 to 1,000,000; without a bound where it is not given
/// @param contextLength tokens that the model reads and writes, 256 to 100,000,000; a call that is surely longer is
///     not sent
/// @param abilities what the model can do beside text; everything where it is not given
public record TargetConfig(
        String provider,
        String name,
        @Nullable String url,
        @Nullable String region,
        @Nullable String keyEnv,
        @Nullable String keyHeader,
        @Nullable Prices prices,
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable String proxy,
        @Nullable String caBundle,
        @Nullable Boolean streamOptions,
        @Nullable Boolean joinTurns,
        @Nullable OutputTokens outputTokens,
        @Nullable String reasoningEffort,
        @Nullable String keepAlive,
        Map<String, Duration> timeouts,
        @Nullable Integer concurrency,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer contextLength,
        Set<Ability> abilities) {

    public TargetConfig {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        timeouts = Map.copyOf(timeouts);
        abilities = Set.copyOf(abilities);
    }

    /// A target of which only this much is set.
    public TargetConfig(
            String provider, String name, @Nullable String url, @Nullable String keyEnv, @Nullable Prices prices) {
        this(
                provider,
                name,
                url,
                null,
                keyEnv,
                null,
                prices,
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null,
                Set.of(Ability.values()));
    }

    static TargetConfig of(String provider, String name) {
        return new TargetConfig(provider, name, null, null, null);
    }

    /// The names that servers know for the most tokens of an answer.
    public enum OutputTokens {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What a model may be able to do beside reading and writing text.
    public enum Ability {
        TOOLS,
        IMAGES,
        JSON_SCHEMA;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// How long a try waits before it gives up; the call's own budget bounds it further.
    ///
    /// @param connect until the connection stands, 100 ms to 1 min
    /// @param firstChunk until the provider says its first word, 100 ms to 10 min
    /// @param betweenChunks of silence in the middle of an answer, 100 ms to 10 min
    /// @param whole until the answer is complete, 1 s to 1 h
    @ConfigurationProperties("models.timeouts")
    public record Timeouts(
            @Bindable(defaultValue = "5s") Duration connect,
            @Bindable(defaultValue = "90s") Duration firstChunk,
            @Bindable(defaultValue = "30s") Duration betweenChunks,
            @Bindable(defaultValue = "5m") Duration whole) {

        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(90), Duration.ofSeconds(30), Duration.ofMinutes(5));

        /// These, but for what a target sets itself.
        Timeouts with(Map<String, Duration> own) {
            return new Timeouts(
                    own.getOrDefault("connect", connect),
                    own.getOrDefault("first-chunk", firstChunk),
                    own.getOrDefault("between-chunks", betweenChunks),
                    own.getOrDefault("whole", whole));
        }
    }
}
