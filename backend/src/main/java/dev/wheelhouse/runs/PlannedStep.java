package dev.wheelhouse.runs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A step that a program asks for. `number` must be the same whenever the same history is shown; `kind` and `name`
/// are words for the log; `input` is JSON text or null; `call` is the id under which an answer asked for it, or null
/// where the program asks by itself.
///
/// @param askedBy the step whose answer asked for it; null where that is the last answer before it, see [Askers]
public record PlannedStep(
        int number,
        String kind,
        String name,
        @Nullable String call,
        Effect effect,
        @Nullable String input,
        Action action,
        @Nullable Integer askedBy) {

    public PlannedStep(
            int number,
            String kind,
            String name,
            @Nullable String call,
            Effect effect,
            @Nullable String input,
            Action action) {
        this(number, kind, name, call, effect, input, action, null);
    }

    PlannedStep withInput(String other) {
        return new PlannedStep(number, kind, name, call, effect, other, action, askedBy);
    }

    /// The same, asked for by the answer of a step that is not the last answer before it.
    public PlannedStep askedBy(int step) {
        return new PlannedStep(number, kind, name, call, effect, input, action, step);
    }

    /// What the step does.
    public sealed interface Action {

        /// Has its end already: the program knows it from its history. It is on record with the next commit and takes
        /// none of its own; the program is asked again at once.
        record Done(Outcome outcome) implements Action {}

        /// Runs now, on a virtual thread, beside whatever else is under way.
        record Execute(Body body) implements Action {}

        /// Ends by itself when the time is over, counted by the database's clock from the commit of the
        /// intent; until then the run waits, if nothing is under way, and holds nothing. `output` is what the
        /// step then answers, JSON text.
        record Sleep(Duration time, String output) implements Action {}

        /// Ends by a person's decision; until then the run waits, if nothing is under way, and holds nothing. The
        /// step's output is then the answer, JSON text of an object with a `decision`.
        ///
        /// @param kind `tool`: may this call be done; `question`: a person's answer; `client`: the result of
        ///     a tool
        ///     that the program executes that asked for the run
        /// @param question JSON text of an object; the step's input is this with the approval's id
        /// @param notRequester somebody else than who asked for the run has to answer
        /// @param time after which `otherwise` counts, by the database's clock, or null for never
        /// @param otherwise JSON text, as an answer would be
        record Ask(
                String kind,
                String question,
                boolean notRequester,
                @Nullable Duration time,
                String otherwise) implements Action {}

        /// Ends when the run that it starts has ended; until then this one waits, if nothing is under way,
        /// and holds nothing. The step's output is `{"run":…,"output":…}` with text, or with a JSON value
        /// where its output has a form; or it fails with the other run's failure. What that used counts here.
        record Call(NewRun run) implements Action {}
    }

    /// The effectful part. It may block. It is interrupted when the run is cancelled or lost. An exception becomes a
    /// failed step; an outcome with a failure is one that the program sees and may answer to.
    @FunctionalInterface
    public interface Body {
        Outcome perform(StepContext context) throws Exception;
    }
}
