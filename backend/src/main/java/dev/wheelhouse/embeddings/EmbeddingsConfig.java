package dev.wheelhouse.embeddings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/// Which model makes vectors.
///
/// @param provider `inprocess`, `openai` for a server that speaks its protocol, or `none`
/// @param dir where the files of the model in this process are; null for none
/// @param model of the server
/// @param url of the server, such as `https://api.openai.com/v1`
/// @param key of the server, or null
/// @param dimensions that the server is asked for, 0 for its own
/// @param batch how many texts the server is sent at once, 1 to 2,048
/// @param multilingual whether the server's model knows more than English
@ConfigurationProperties("knowledge.embeddings")
record EmbeddingsConfig(
        @Bindable(defaultValue = "inprocess") String provider,
        @Nullable String dir,
        @Bindable(defaultValue = "text-embedding-3-small") String model,
        @Nullable String url,
        @Nullable String key,
        @Bindable(defaultValue = "0") int dimensions,
        @Bindable(defaultValue = "32") int batch,
        @Bindable(defaultValue = "true") boolean multilingual) {

    @Override
    public String toString() {
        return "embeddings of " + provider;
    }
}
