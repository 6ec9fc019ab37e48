package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.agents.TestAgents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Fields;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What definitions of tests may name.
public final class TestNames {

    public static final KnownNames KNOWN = new KnownNames() {
        @Override
        public Set<String> agents() {
            return Set.of("refund-judge", "clerk");
        }

        @Override
        public dev.wheelhouse.agents.Definition agent(String name, @Nullable String instructions, Fields fields) {
            return TestAgents.inner(name, instructions, fields);
        }

        @Override
        public Set<String> tools() {
            return Set.of("notes_write", "calculator", "wait");
        }

        @Override
        public Optional<JsonNode> schema(String tool) {
            return tool.equals("notes_write")
                    ? Optional.of(
                            Json.read("{\"properties\":{\"name\":{},\"text\":{}},\"required\":[\"name\",\"text\"]}"))
                    : Optional.empty();
        }

        @Override
        public Optional<State.Kind> insteadOf(String tool) {
            return tool.equals("wait") ? Optional.of(State.Kind.WAIT) : Optional.empty();
        }

        @Override
        public boolean isRepeatable(String tool) {
            return true;
        }

        @Override
        public Set<String> workflows() {
            return Set.of("caller", "other");
        }

        @Override
        public Set<String> calledBy(String workflow) {
            return workflow.equals("caller") ? Set.of("refund") : Set.of();
        }
    };

    /// No other form than states.
    static final States.Form STATES_ONLY = new States.Form() {
        @Override
        public String key() {
            return "none";
        }

        @Override
        public ObjectNode states(Fields fields, JsonNode input, @Nullable KnownNames known) {
            throw new IllegalStateException("No test writes this");
        }
    };

    private TestNames() {}
}
