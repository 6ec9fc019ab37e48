package dev.wheelhouse.runs;

import java.util.Locale;

/// Where a run stands; the diagram is in the package's documentation.
public enum RunState {
    /// Written down, no replica has it.
    QUEUED(false),
    /// A replica holds its lease and carries it on.
    RUNNING(false),
    /// Holds no thread and no lease until a time or a person's word.
    WAITING(false),
    /// Ended with an answer.
    SUCCEEDED(true),
    /// Ended with an error that names its cause.
    FAILED(true),
    /// Ended because somebody asked for it.
    CANCELLED(true);

    private final boolean ended;

    RunState(boolean ended) {
        this.ended = ended;
    }

    public boolean isEnded() {
        return ended;
    }

    /// The word in rows, URLs and metrics.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the word; throws IllegalArgumentException for any other.
    public static RunState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
