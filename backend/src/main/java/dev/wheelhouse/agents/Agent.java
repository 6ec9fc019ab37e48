package dev.wheelhouse.agents;

import io.micronaut.core.annotation.Introspected;
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
        String yaml) {

    /// One revision of an agent; `yaml` is the original text.
    @Introspected
    public record Revision(String agent, int number, boolean published, Instant createdAt, String yaml) {}
}
