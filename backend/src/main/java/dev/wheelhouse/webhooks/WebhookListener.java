package dev.wheelhouse.webhooks;

/// Told what becomes of deliveries, for metrics. Quick, never throwing. `owner` is the name of a tenant, or `*` for the
/// operator.
public interface WebhookListener {

    /// One try; the delivery may be tried again where it has failed.
    default void tried(String owner, boolean isDelivered) {}

    /// A delivery was given up.
    default void givenUp(String owner) {}

    /// A webhook was switched off because it cannot be delivered to.
    default void disabled(String owner) {}
}
