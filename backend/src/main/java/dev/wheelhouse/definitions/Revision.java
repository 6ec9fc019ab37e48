package dev.wheelhouse.definitions;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/// One numbered revision of something that is defined; it never changes.
///
/// @param number counts from 1, without gaps
/// @param text the definition as it was written
@Introspected
public record Revision(String name, int number, boolean published, Instant createdAt, String text) {}
