package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What is defined: what fires, and what it starts.
///
/// @param target what is started
/// @param when a condition in CEL without which it does not fire, null for always
/// @param input of the run, with expressions in it; null for what the source says
public record Trigger(
        String name,
        String description,
        boolean enabled,
        Target target,
        @Nullable String when,
        @Nullable JsonNode input,
        Source source) {

    /// @param kind of the program, `agent` or `workflow`
    public record Target(String kind, String name) {}

    /// Null where it is no schedule.
    @Nullable
    Schedule schedule() {
        return source instanceof Schedule schedule ? schedule : null;
    }

    /// Null where it is no webhook.
    @Nullable
    Hook hook() {
        return source instanceof Hook hook ? hook : null;
    }
}
