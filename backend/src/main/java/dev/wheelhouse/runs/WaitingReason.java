package dev.wheelhouse.runs;

import java.util.Locale;

/// What a waiting run waits for. Where it is more than one thing, the first of these is given.
public enum WaitingReason {
    /// A person has to say whether an effect has happened.
    OUTCOME_UNKNOWN(true),
    /// A person has to approve a call or to answer a question.
    APPROVAL(true),
    /// The program that asked for the run has to hand in the result of a tool of its own.
    CLIENT(true),
    /// A message to the run has to come.
    SIGNAL(true),
    /// A run that it called.
    RUN(false),
    TIMER(false),
    /// Somebody has to resume it.
    PAUSED(true);

    private final boolean idle;

    WaitingReason(boolean idle) {
        this.idle = idle;
    }

    /// Time in which the run could not go on because of people or of its client does not count as its own.
    boolean isIdle() {
        return idle;
    }

    /// The word in rows, events and URLs.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the word; throws IllegalArgumentException for any other.
    public static WaitingReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
