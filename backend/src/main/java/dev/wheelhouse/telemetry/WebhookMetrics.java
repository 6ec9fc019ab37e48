package dev.wheelhouse.telemetry;

import dev.wheelhouse.webhooks.WebhookListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// How deliveries to webhooks go.
@Singleton
final class WebhookMetrics implements WebhookListener {

    private final MeterRegistry meters;

    WebhookMetrics(MeterRegistry meters) {
        this.meters = meters;
        // An alert looks at how it grows, from the first failure on.
        tries("*", false);
    }

    @Override
    public void tried(String owner, boolean isDelivered) {
        tries(owner, isDelivered).increment();
    }

    private Counter tries(String owner, boolean isDelivered) {
        return meters.counter(
                "wheelhouse.webhooks.tried", "tenant", owner, "outcome", isDelivered ? "delivered" : "failed");
    }

    @Override
    public void givenUp(String owner) {
        meters.counter("wheelhouse.webhooks.given.up", "tenant", owner).increment();
    }

    @Override
    public void disabled(String owner) {
        meters.counter("wheelhouse.webhooks.disabled", "tenant", owner).increment();
    }
}
