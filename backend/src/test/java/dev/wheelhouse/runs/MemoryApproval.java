package dev.wheelhouse.runs;

import dev.wheelhouse.approvals.ApprovalRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `approvals` in memory.
final class MemoryApproval {

    final UUID id;
    final ApprovalRequest asked;
    final @Nullable Instant expiresAt;
    String state = "open";

    @Nullable
    String answer;

    MemoryApproval(UUID id, ApprovalRequest asked, Instant now) {
        this.id = id;
        this.asked = asked;
        this.expiresAt = asked.expireMillis() == null ? null : now.plusMillis(asked.expireMillis());
    }

    boolean isOpen() {
        return state.equals("open");
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    boolean asksTheSame(ApprovalRequest other) {
        return asked.run().equals(other.run())
                && asked.step() == other.step()
                && asked.round() == other.round()
                && !state.equals("edited");
    }

    ApprovalRequest.Status standing(Instant now) {
        return new ApprovalRequest.Status(
                id, asked.step(), asked.question(), answer, expiresAt == null ? null : millisBetween(now, expiresAt));
    }

    private static long millisBetween(Instant now, Instant then) {
        return Math.ceilDiv(Duration.between(now, then).toNanos(), 1_000_000L);
    }
}
