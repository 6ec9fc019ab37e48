package dev.wheelhouse.approvals;

import dev.wheelhouse.base.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question that a run has at one of its steps. `round` tells apart questions about the same step.
///
/// @param epoch that of the owner who asks: one of the past asks nothing
/// @param kind `tool`: may this call be done; `question`: a person's answer; `outcome`: did this effect happen
/// @param question JSON text, opaque to the engine
/// @param expireMillis after which `otherwise` counts, null for never
/// @param otherwise JSON text of the answer that counts then
public record ApprovalRequest(
        TenantId tenant,
        UUID run,
        int epoch,
        int step,
        int round,
        String kind,
        String question,
        @Nullable String requester,
        boolean notRequester,
        @Nullable Long expireMillis,
        @Nullable String otherwise) {

    /// The answer that counts where nobody gave one, as JSON text; `decision` is `reject` or `approve`.
    public static String silent(String decision) {
        return "{\"decision\":\"%s\",\"reason\":\"Nobody answered in time\"}".formatted(decision);
    }

    /// How a question stands: with an answer (JSON text) once it has left `open`. `question` differs from what was
    /// asked where somebody edited it; `leftMillis` is the time until it expires, null for never.
    public record Status(
            UUID approval,
            int step,
            String question,
            @Nullable String answer,
            @Nullable Long leftMillis) {}
}
