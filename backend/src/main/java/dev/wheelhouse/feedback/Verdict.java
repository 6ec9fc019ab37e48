package dev.wheelhouse.feedback;

import java.time.Instant;
import java.util.UUID;

/// What somebody said of a run.
///
/// @param author the user or key that said it
/// @param comment at most 2,000 letters, empty where there is none
public record Verdict(UUID run, UUID thread, String author, Rating rating, String comment, Instant at) {

    public static final int LONGEST = 2_000;
}
