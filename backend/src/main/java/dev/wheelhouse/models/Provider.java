package dev.wheelhouse.models;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// One model of one company, server or process: a single try, no retries.
public interface Provider {

    /// What its server has refused, and is asked without since.
    default Set<Adaptation> learnt() {
        return Set.of();
    }

    /// Ends within `budget`, on the calling thread; text reaches the watcher as it comes.
    Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException;

    /// What a server cannot take as others do. Once it has refused such a thing by name, it is asked without it.
    enum Adaptation {
        /// Counts tokens unasked, or not at all.
        NO_STREAM_OPTIONS,
        /// Knows the bound on the answer by its other name.
        OTHER_OUTPUT_TOKENS,
        /// Thinks as warmly as it likes.
        NO_TEMPERATURE,
        NO_EFFORT,
        /// The schema goes into the instructions.
        NO_SCHEMA,
        /// That a tool has to be called goes into the instructions.
        NO_TOOL_CHOICE,
        /// Wants thoughts with every earlier answer, if only empty ones.
        EMPTY_THOUGHTS,
        /// Wants no thoughts of earlier answers.
        NO_KEPT,
        /// The roles have to take turns.
        JOIN_TURNS,
        /// Knows no instructions apart from what people say.
        NO_SYSTEM,
        /// Wants ids of nine letters and digits.
        SHORT_IDS,
        /// Answers in one piece only.
        NO_STREAM;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
