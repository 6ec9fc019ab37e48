package dev.wheelhouse.webhooks;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/// Bounds of webhooks for every tenant.
///
/// @param privateHosts hosts that may be off the public internet, exact or `*.` and a domain
/// @param retry before the second try of a delivery; it doubles with each further one, 10 ms to 1 h
@ConfigurationProperties("webhooks")
record WebhooksConfig(
        @Bindable(defaultValue = "") List<String> privateHosts,
        @Bindable(defaultValue = "5s") Duration retry) {}
