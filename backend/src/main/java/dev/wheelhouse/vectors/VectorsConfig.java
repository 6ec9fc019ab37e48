package dev.wheelhouse.vectors;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How vectors are found.
///
/// @param index `auto` or `bits` for codes in memory, `pinecone` for an index there
/// @param cacheBytes that codes may take in memory, 1 MiB to 4 GiB
@ConfigurationProperties("knowledge.vectors")
record VectorsConfig(
        @Bindable(defaultValue = "auto") String index,
        @Bindable(defaultValue = "67108864") long cacheBytes) {}
