package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question that a run asks at one of its steps and waits for. `round` tells apart questions about the same step.
///
/// @param epoch that of the owner who asks: an owner of the past asks nothing
/// @param kind `tool`, `question` or `outcome`, as [PlannedStep.Action.Ask] has it
/// @param content JSON text, opaque to the engine
/// @param notRequester somebody other than the run's requester has to answer; kept here, enforced by whoever answers
/// @param expireMillis after which `otherwise` counts, null for never
/// @param otherwise JSON text of the answer that counts then
record Question(
        TenantId tenant,
        RunId run,
        int epoch,
        int step,
        int round,
        String kind,
        String content,
        boolean notRequester,
        @Nullable Long expireMillis,
        @Nullable String otherwise) {

    /// What asking has just done to a question.
    enum News {
        NONE,
        OPENED,
        EXPIRED
    }

    /// Where a question stands: with an answer (JSON text) once it has left `open`. `content` differs from
    /// what was asked where another question took its place; `leftMillis` is the time until it expires, null
    /// for never; `age` is the time since it was opened.
    record Status(
            UUID id,
            int step,
            String kind,
            String content,
            @Nullable String answer,
            @Nullable Long leftMillis,
            News news,
            Duration age) {}
}
