package dev.wheelhouse.agents;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/// One revision of an agent; `yaml` is as it was written.
@Introspected
public record Revision(String agent, int number, boolean published, Instant createdAt, String yaml) {}
