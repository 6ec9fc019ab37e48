package dev.wheelhouse.runs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Settings of the engine.
///
/// @param lease how long a replica owns a run without renewing, 3 s to 60 s; a dead replica's runs go on after it
/// @param poll how often a replica looks for runs that are due, 100 ms to 10 s
/// @param atOnce how many runs one replica carries on at the same time, 1 to 10,000
/// @param stopping how long a stopping replica lets steps come to their end, 0 to 60 s
@ConfigurationProperties("runs")
public record RunsConfig(
        @Bindable(defaultValue = "8s") Duration lease,
        @Bindable(defaultValue = "1s") Duration poll,
        @Bindable(defaultValue = "256") int atOnce,
        @Bindable(defaultValue = "10s") Duration stopping) {

    /// After this long without a confirmed renewal a replica no longer trusts that it owns a run.
    Duration fence() {
        return lease.multipliedBy(2).dividedBy(3);
    }
}
