package dev.wheelhouse.tools;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Bounds of `http_fetch` for every agent.
///
/// @param allowPrivate allows loopback and private addresses; for development and tests only
/// @param maxBytes how much of a response body is read, 1,024 to 10,485,760
/// @param timeout for the whole call, redirects included, 1 s to 60 s
@ConfigurationProperties("tools.http-fetch")
record HttpFetchConfig(
        @Bindable(defaultValue = "false") boolean allowPrivate,
        @Bindable(defaultValue = "1048576") int maxBytes,
        @Bindable(defaultValue = "15s") Duration timeout) {}
