package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What a person decides about a question.
///
/// @param decision `approve` or `reject`; on an effect in doubt `happened`, `again` or `stop`
/// @param reason for the model and the log, at most 2,000 characters
/// @param arguments to use instead; if they differ from those asked about, a new question is opened
/// @param answer to a question, or the result of an effect that happened
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
