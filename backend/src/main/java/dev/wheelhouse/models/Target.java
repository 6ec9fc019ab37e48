package dev.wheelhouse.models;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A provider's model in use: counts its failures in a row and is left alone for a while after too many.
final class Target {

    private final TargetConfig config;
    private final Provider provider;
    private final boolean isDemo;
    private final @Nullable Prices prices;
    private int failures;
    private Instant coolUntil = Instant.MIN;

    private Target(TargetConfig config, Provider provider, boolean isDemo, @Nullable Prices prices) {
        this.config = config;
        this.provider = provider;
        this.isDemo = isDemo;
        this.prices = prices;
    }

    /// A model behind an address. `otherwise` is its price where none is known.
    static Target remote(TargetConfig config, Provider provider, @Nullable Prices otherwise) {
        var known = PriceList.of(config);
        return new Target(config, provider, false, known == null ? otherwise : known);
    }

    /// What stands in for a model, in this process.
    static Target demo(TargetConfig config, Provider provider) {
        return new Target(config, provider, true, config.prices() == null ? PriceList.FREE : config.prices());
    }

    TargetConfig config() {
        return config;
    }

    Provider provider() {
        return provider;
    }

    boolean isDemo() {
        return isDemo;
    }

    @Nullable
    Prices prices() {
        return prices;
    }

    synchronized boolean isCooling(Instant now) {
        return now.isBefore(coolUntil);
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /// The failure count stays, so that after the cool-down one more failure is enough to cool again.
    synchronized void failed(Instant now, int coolAfter, Duration coolDown) {
        failures++;
        if (failures >= coolAfter) {
            coolUntil = now.plus(coolDown);
        }
    }

    Model.Target shape(Instant now) {
        return new Model.Target(
                config.provider(),
                config.name(),
                config.url(),
                isCooling(now) ? "cooling" : "ready",
                prices(),
                provider.learnt());
    }
}
