package dev.wheelhouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `questions` in memory.
final class MemoryQuestion {

    final UUID id;
    final Question asked;
    final Instant openedAt;
    final @Nullable Instant expiresAt;
    String state = "open";

    @Nullable
    String answer;

    MemoryQuestion(UUID id, Question asked, Instant now) {
        this.id = id;
        this.asked = asked;
        this.openedAt = now;
        this.expiresAt = asked.expireMillis() == null ? null : now.plusMillis(asked.expireMillis());
    }

    boolean isOpen() {
        return state.equals("open");
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    boolean asksTheSame(Question other) {
        return asked.run().equals(other.run())
                && asked.step() == other.step()
                && asked.round() == other.round()
                && !state.equals("edited");
    }

    Question.Status status(Question.News news, Instant now) {
        return new Question.Status(
                id,
                asked.step(),
                asked.kind(),
                asked.content(),
                answer,
                expiresAt == null ? null : millisBetween(now, expiresAt),
                news,
                Duration.between(openedAt, now));
    }

    private static long millisBetween(Instant now, Instant then) {
        return Math.ceilDiv(Duration.between(now, then).toNanos(), 1_000_000L);
    }
}
