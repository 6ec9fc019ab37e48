package dev.wheelhouse.ingestion;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// Bounds of knowledge.
///
/// @param maxFile bytes of one document, 1,024 to 209,715,200
/// @param maxWaiting documents of a tenant that are not read yet, 1 to 100,000
/// @param allowPrivate lets documents be fetched from private addresses; for development and tests only
@ConfigurationProperties("knowledge")
record KnowledgeConfig(
        @Bindable(defaultValue = "52428800") int maxFile,
        @Bindable(defaultValue = "500") int maxWaiting,
        @Bindable(defaultValue = "false") boolean allowPrivate) {}
