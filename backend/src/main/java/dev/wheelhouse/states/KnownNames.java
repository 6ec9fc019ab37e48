package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Definition;
import dev.wheelhouse.definitions.Fields;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a definition may speak of, as it is when the definition is read.
public interface KnownNames {

    Set<String> agents();

    /// An agent that the workflow has for itself; its mistakes are noted where it stands.
    ///
    /// @param instructions those that its place gives it; null where its own key says them
    Definition agent(String name, @Nullable String instructions, Fields fields);

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
