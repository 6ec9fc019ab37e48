package dev.wheelhouse.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
    WITHDRAW,
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
            case WAITING ->
                waiting(commit.waiting() == null ? "" : commit.waiting().reason());
            case RUNNING -> going(commit.entries());
        };
    }

    private static Boundary waiting(String reason) {
        return switch (reason) {
            case "timer" -> WAIT_FOR_TIME;
            case "approval" -> WAIT_FOR_WORD;
            case "outcome_unknown" -> WAIT_IN_DOUBT;
            case "run" -> WAIT_FOR_RUN;
            case "paused" -> WAIT_PAUSED;
            default -> throw new IllegalArgumentException("Nothing waits for \"" + reason + "\"");
        };
    }

    private static Boundary going(List<Commit.Entry> entries) {
        boolean begins = entries.stream().anyMatch(entry -> entry.type().equals("step.started"));
        boolean ends = entries.stream().anyMatch(entry -> !entry.type().equals("step.started"));
        return begins && ends ? END_AND_BEGIN : begins ? BEGIN : END;
    }

    static List<Boundary> changing() {
        return Arrays.stream(values()).filter(boundary -> boundary != READ).toList();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
