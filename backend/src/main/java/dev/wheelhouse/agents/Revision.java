package dev.wheelhouse.agents;

import java.time.Instant;

/// One revision of an agent; `yaml` is as it was written.
public record Revision(String agent, int number, boolean published, Instant createdAt, String yaml) {}
