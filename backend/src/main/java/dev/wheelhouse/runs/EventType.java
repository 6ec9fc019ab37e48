package dev.wheelhouse.runs;

import java.util.HashMap;
import java.util.Map;

/// What an entry of a run's log says has happened. Its word is stored and shown to clients. A type that a version adds
/// must be known to the version before, whose replicas read the same logs during an upgrade.
public enum EventType {
    RUN_CREATED("run.created"),
    /// A replica has taken the run.
    RUN_CLAIMED("run.claimed"),
    /// A stopping replica has handed the run over.
    RUN_RELEASED("run.released"),
    RUN_WAITING("run.waiting"),
    RUN_SUCCEEDED("run.succeeded"),
    RUN_FAILED("run.failed"),
    RUN_CANCELLED("run.cancelled"),
    STEP_STARTED("step.started"),
    STEP_SUCCEEDED("step.succeeded"),
    STEP_FAILED("step.failed"),
    /// Begun by a lost owner; whether it happened is not known.
    STEP_UNKNOWN("step.unknown");

    private static final Map<String, EventType> BY_WORD = new HashMap<>();

    static {
        for (var type : values()) {
            BY_WORD.put(type.word, type);
        }
    }

    private final String word;

    EventType(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// Reads the word; throws IllegalArgumentException for any other.
    public static EventType of(String word) {
        var type = BY_WORD.get(word);
        if (type == null) {
            throw new IllegalArgumentException("No event has the type \"" + word + "\"");
        }
        return type;
    }

    static EventType endOf(Outcome outcome) {
        return outcome.hasFailed() ? STEP_FAILED : STEP_SUCCEEDED;
    }

    static EventType endOf(RunState state) {
        return of("run." + state.word());
    }

    /// After these no other event can come.
    public boolean isRunEnd() {
        return this == RUN_SUCCEEDED || this == RUN_FAILED || this == RUN_CANCELLED;
    }

    /// The step is committed.
    public boolean isStepEnd() {
        return this == STEP_SUCCEEDED || this == STEP_FAILED;
    }

    boolean isAboutStep() {
        return compareTo(STEP_STARTED) >= 0;
    }
}
