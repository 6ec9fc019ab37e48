package dev.wheelhouse.outbound;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.jspecify.annotations.Nullable;

/// How the platform reaches other computers.
///
/// @param caBundle a PEM file of certificate authorities that are trusted beside the system's
/// @param allowPrivate whether addresses that the operator sets, of models and webhooks, may lead off the public
///     internet; those that tenants and models choose never may
@ConfigurationProperties("outbound")
record OutboundConfig(
        @Nullable String caBundle,
        @Bindable(defaultValue = "true") boolean allowPrivate) {

    static final OutboundConfig DEFAULT = new OutboundConfig(null, true);
}
