package dev.wheelhouse.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The kinds of statements by which the engine and requests change what is stored, commits apart by what they say.
/// Between any of them and the next a replica may die.
enum Boundary {
    CREATE,
    CREATE_BEHIND,
    CLAIM,
    BEGIN,
    END,
    END_AND_BEGIN,
    WAIT_FOR_TIME,
    WAIT_FOR_WORD,
    WAIT_IN_DOUBT,
    WAIT_FOR_RUN,
    WAIT_PAUSED,
    RELEASE,
    SUCCEED,
    FAIL,
    CANCEL,
    RENEW,
    FREE,
    ASK,
    ASK_TO_CANCEL,
    ASK_TO_PAUSE,
    ASK_TO_RESUME,
    DECIDE,
    /// Changes nothing.
    READ;

    static Boundary of(Commit commit) {
        return switch (commit.state()) {
            case SUCCEEDED -> SUCCEED;
            case FAILED -> FAIL;
            case CANCELLED -> CANCEL;
            case QUEUED -> RELEASE;
            case WAITING -> waiting(Objects.requireNonNull(commit.waiting()).reason());
            case RUNNING -> going(commit.entries());
        };
    }

    private static Boundary waiting(WaitingReason reason) {
        return switch (reason) {
            case TIMER -> WAIT_FOR_TIME;
            case APPROVAL, CLIENT, SIGNAL -> WAIT_FOR_WORD;
            case OUTCOME_UNKNOWN -> WAIT_IN_DOUBT;
            case RUN -> WAIT_FOR_RUN;
            case PAUSED -> WAIT_PAUSED;
        };
    }

    private static Boundary going(List<Commit.Entry> entries) {
        boolean begins = entries.stream().anyMatch(entry -> entry.type() == EventType.STEP_STARTED);
        boolean ends = entries.stream().anyMatch(entry -> entry.type() != EventType.STEP_STARTED);
        return begins && ends ? END_AND_BEGIN : begins ? BEGIN : END;
    }

    static List<Boundary> changing() {
        return Arrays.stream(values()).filter(boundary -> boundary != READ).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
