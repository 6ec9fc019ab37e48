package dev.wheelhouse.models;

import org.jspecify.annotations.Nullable;

/// One model of one provider.
///
/// @param provider `openai` (every server that speaks its chat completions), `anthropic`, or one that answers in this
///     process, such as `demo`
/// @param name the model's name at the provider
/// @param url where the API is, up to and including `/v1`; the provider's own address where it is not given
/// @param keyEnv the environment variable with the key; OPENAI_API_KEY or ANTHROPIC_API_KEY where it is not given
/// @param prices what tokens cost; a table of well-known models where it is not given
record TargetConfig(
        String provider,
        String name,
        @Nullable String url,
        @Nullable String keyEnv,
        @Nullable Prices prices) {

    static TargetConfig of(String provider, String name) {
        return new TargetConfig(provider, name, null, null, null);
    }

    /// The variable that holds the key.
    String keyVariable() {
        if (keyEnv != null) {
            return keyEnv;
        }
        return "anthropic".equals(provider) ? "ANTHROPIC_API_KEY" : "OPENAI_API_KEY";
    }
}
