package dev.wheelhouse.models;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// How long a try waits before it gives up; the call's own budget bounds it further.
///
/// @param connect until the connection stands, 100 ms to 1 min
/// @param firstChunk until the provider says its first word, 100 ms to 10 min
/// @param betweenChunks of silence in the middle of an answer, 100 ms to 10 min
/// @param whole until the answer is complete, 1 s to 1 h
@ConfigurationProperties("models.timeouts")
record Timeouts(
        @Bindable(defaultValue = "5s") Duration connect,
        @Bindable(defaultValue = "90s") Duration firstChunk,
        @Bindable(defaultValue = "30s") Duration betweenChunks,
        @Bindable(defaultValue = "5m") Duration whole) {

    static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(90), Duration.ofSeconds(30), Duration.ofMinutes(5));
}
