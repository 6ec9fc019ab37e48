package dev.wheelhouse.telemetry;

import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Where the operator's own viewers show what a run did.
@Singleton
public final class TraceLinks {

    private final TracesConfig config;

    TraceLinks(TracesConfig config) {
        this.config = config;
    }

    /// The run's trace, or null where no viewer is set.
    public @Nullable String trace(Run run) {
        return config.link() == null
                ? null
                : config.link().replace("{trace}", run.trace(0).trace());
    }

    /// The run's lines of the log, or null where no viewer is set.
    public @Nullable String log(Run run) {
        return config.logLink() == null
                ? null
                : config.logLink().replace("{run}", run.id().toString());
    }
}
