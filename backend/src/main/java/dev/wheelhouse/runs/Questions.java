package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The questions that runs wait for, as whoever answers them sees them. A question leaves `open` once, in the statement
/// that also nudges its run; who may answer what is not decided here. Read them from the view `run_questions`.
///
/// ```
///   asked ──▶ open ──▶ approved | rejected      answered, once
///               ├────▶ expired                  the time is over: the default counts
///               ├────▶ edited                   replaced by another question about the same step
///               └────▶ withdrawn                the run has ended
/// ```
@Singleton
public final class Questions {

    /// The kind of those that the program answers that asked for the run. People do not see them.
    public static final String CLIENT = "client";

    /// The kind of those that a message to the run answers. People do not see them.
    public static final String SIGNAL = "signal";

    static boolean isForPeople(String kind) {
        return !kind.equals(CLIENT) && !kind.equals(SIGNAL);
    }

    /// Where a question stands, as rows, answers and URLs say it.
    public enum State {
        OPEN,
        APPROVED,
        REJECTED,
        EXPIRED,
        EDITED,
        WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Reads the word; throws IllegalArgumentException for any other.
        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    private final QuestionStore store;
    private final Consumer<RunId> nudge;

    @Inject
    Questions(QuestionStore store, Engine engine) {
        this(store, engine.parts()::nudge);
    }

    /// `nudge`: told of each run for which something has come.
    Questions(QuestionStore store, Consumer<RunId> nudge) {
        this.store = store;
        this.nudge = nudge;
    }

    /// Answers with JSON text, which is the output of the step that asked. False where the question is no longer open,
    /// its time is over or its run has ended: then nothing has changed.
    ///
    /// @param state `approved` or `rejected`
    public boolean answer(TenantId tenant, UUID question, State state, String answer, @Nullable String by) {
        return hasCome(store.answer(tenant, question, state.word(), answer, by));
    }

    /// Closes a question without an answer and opens `successor` in its place, with the same end; false as above.
    ///
    /// @param content JSON text of the new question
    /// @param otherwise JSON text of the answer that counts where nobody answers the new one in time
    public boolean replace(
            TenantId tenant, UUID question, UUID successor, String content, String otherwise, @Nullable String by) {
        return hasCome(store.replace(tenant, question, successor, content, otherwise, by));
    }

    private boolean hasCome(Optional<RunId> run) {
        run.ifPresent(nudge);
        return run.isPresent();
    }
}
