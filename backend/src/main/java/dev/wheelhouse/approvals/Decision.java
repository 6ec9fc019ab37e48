package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A person's word on a question.
///
/// @param decision `approve` or `reject`; on an effect in doubt `happened`, `again` or `stop`
/// @param reason for the model and the log, at most 2,000 characters
/// @param arguments with which a call is to be done instead; others than asked about make a new question
/// @param answer to a question, or what became of an effect that happened
/// @param hash of the question as it was shown; null where the client does not say
public record Decision(
        String decision,
        @Nullable String reason,
        @Nullable JsonNode arguments,
        @Nullable JsonNode answer,
        @Nullable String hash) {

    /// The answer that counts where nobody gave one, as JSON text; `decision` is `reject` or `approve`.
    public static String unanswered(String decision) {
        return "{\"decision\":\"%s\",\"reason\":\"Nobody answered in time\"}".formatted(decision);
    }
}
