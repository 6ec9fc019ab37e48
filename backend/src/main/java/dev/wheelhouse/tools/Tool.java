package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import java.time.Duration;
import java.util.Optional;

/// Something an agent may call. Every tool passes the same contract test.
public interface Tool {

    /// Lowercase letters, digits and underscores: what every model provider accepts.
    String name();

    /// One or two sentences for the model.
    String description();

    Effect effect();

    /// JSON Schema of the arguments: a closed object.
    String schema();

    /// Where it comes from; only tools that are on are called.
    default Origin origin() {
        return Origin.OWN;
    }

    default Duration timeout() {
        return Duration.ofSeconds(5);
    }

    /// What a call turns into if the run has to wait for it: the engine handles it, and the run holds no thread.
    sealed interface Later {

        /// Lets time pass; the answer is `output`.
        record Sleep(Duration time, JsonNode output) implements Later {}

        /// Another agent's run; the result is its answer.
        record Call(String agent, String input) implements Later {}

        /// A person's answer; `question` has a `message`, and a `schema` or `options` if the answer has a form.
        record Ask(JsonNode question) implements Later {}
    }

    /// For tools whose calls the engine handles.
    default Optional<Later> later(JsonNode arguments) {
        return Optional.empty();
    }

    /// Executes the call. The result is any JSON. A [dev.wheelhouse.base.Problem] becomes an error that the model sees.
    default JsonNode call(JsonNode arguments, ToolContext context) throws Exception {
        throw new IllegalStateException("The engine handles calls of " + name());
    }
}
