package dev.wheelhouse.runs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A step that a program asks for. `number` must be the same whenever the same history is shown; `kind` and `name`
/// are words for the log; `input` is JSON text or null; `call` is the model's call id or null.
public record Work(
        int number,
        String kind,
        String name,
        @Nullable String call,
        Effect effect,
        @Nullable String input,
        Action action) {

    /// What the step does.
    public sealed interface Action {

        /// Runs now, on a virtual thread, beside the other works of the same answer.
        record Perform(Body body) implements Action {}

        /// Ends by itself when the time is over, counted by the database's clock from the commit of the intent; until
        /// then the run waits and holds nothing. `output` is what the step then answers, JSON text.
        record Sleep(Duration time, String output) implements Action {}
    }

    /// The effectful part. It may block. It is interrupted when the run is cancelled or lost. An exception becomes a
    /// failed step; an outcome with a failure is one that the program sees and may answer to.
    @FunctionalInterface
    public interface Body {
        Outcome perform(StepContext context) throws Exception;
    }
}
