package dev.wheelhouse.agents;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An agent with its published revision, or the newest if none is published. `yaml` is the original text.
public record Agent(
        String name,
        @Nullable Integer published,
        int latest,
        Instant updatedAt,
        int revision,
        Definition definition,
        String yaml) {}
