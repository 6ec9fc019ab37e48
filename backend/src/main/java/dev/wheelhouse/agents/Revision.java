package dev.wheelhouse.agents;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/// One revision of an agent; `yaml` is the original text.
@Introspected
public record Revision(String agent, int number, boolean published, Instant createdAt, String yaml) {}
