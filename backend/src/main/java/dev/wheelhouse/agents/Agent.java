package dev.wheelhouse.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An agent and the revision that is shown of it: the published one, or else the newest. `yaml` is as it was written.
public record Agent(
        String name,
        @Nullable Integer published,
        int latest,
        Instant updatedAt,
        int revision,
        Definition definition,
        String yaml) {}
