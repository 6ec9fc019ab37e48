package dev.wheelhouse.agents;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent is: one revision's content.
///
/// @param hosts which hosts `http_fetch` may reach, exact or `*.` and a domain
public record Definition(
        String name,
        String description,
        String instructions,
        String model,
        List<String> tools,
        List<String> hosts,
        Limits limits,
        @Nullable Double temperature,
        @Nullable Integer maxOutputTokens) {

    /// Where a run ends whether or not it is done.
    ///
    /// @param steps committed steps, 1 to 1,000
    /// @param tokens input and output together, 1 to 100,000,000
    /// @param time since the run was created, waiting included, 1 s to 7 days
    /// @param repeats how often the same call may give the same result before the run ends, 1 to 100
    public record Limits(int steps, long tokens, Duration time, int repeats) {
        public static final Limits USUAL = new Limits(40, 200_000, Duration.ofMinutes(30), 3);
    }
}
