package dev.wheelhouse.secrets;

import dev.wheelhouse.outbound.Destination;
import java.time.Instant;
import java.util.List;

/// What may be known of a secret: everything but its value.
///
/// @param hosts where it may be sent
/// @param version how often its value was set
public record Secret(
        String name, List<Destination> hosts, String description, int version, Instant createdAt, Instant updatedAt) {}
