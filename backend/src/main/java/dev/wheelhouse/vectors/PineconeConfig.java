package dev.wheelhouse.vectors;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/// An index at Pinecone, or at a server that speaks its wire.
///
/// @param url of the index itself, such as `https://name-abc123.svc.region.pinecone.io`
/// @param key of its API
@ConfigurationProperties("knowledge.vectors.pinecone")
record PineconeConfig(@Nullable String url, @Nullable String key) {

    @Override
    public String toString() {
        return "an index at " + url;
    }
}
