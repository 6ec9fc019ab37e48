package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/// What a definition may speak of, as it is when the definition is read.
public interface KnownNames {

    Set<String> agents();

    Set<String> tools();

    /// JSON Schema of a tool's arguments.
    Optional<JsonNode> schema(String tool);

    /// Tools whose calls the engine handles, by the word for the state that does the same.
    Optional<State.Kind> insteadOf(String tool);

    /// Whether a call of it may be tried again.
    boolean isRepeatable(String tool);

    Set<String> workflows();

    /// The workflows that this one calls, as it is published.
    Set<String> calledBy(String workflow);
}
