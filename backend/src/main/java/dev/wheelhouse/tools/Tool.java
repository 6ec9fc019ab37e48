package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.runs.Effect;
import java.time.Duration;
import java.util.Optional;

/// Something an agent may call. Each passes the same contract test.
public interface Tool {

    /// Lower case letters, digits and underscores: what every model provider accepts.
    String name();

    /// One or two sentences for the model.
    String description();

    Effect effect();

    /// JSON Schema of the arguments: a closed object.
    String schema();

    default Duration timeout() {
        return Duration.ofSeconds(5);
    }

    /// What a call comes down to where the run has to wait for it: the engine sees to it, and the run holds nothing.
    sealed interface Later {

        /// Lets time pass; the answer is `output`.
        record Sleep(Duration time, JsonNode output) implements Later {}

        /// Another agent's run; the answer is what it says.
        record Call(String agent, String input) implements Later {}

        /// A person's answer; `question` has a `message`, and a `schema` or `options` where the answer has a form.
        record Ask(JsonNode question) implements Later {}
    }

    /// For a tool whose calls are the engine's to see to.
    default Optional<Later> later(JsonNode arguments) {
        return Optional.empty();
    }

    /// Does it. The answer is any JSON. A [dev.wheelhouse.base.Problem] becomes an error that the model reads.
    default JsonNode call(JsonNode arguments, ToolContext context) throws Exception {
        throw new IllegalStateException("The engine sees to calls of " + name());
    }
}
