package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question to a person that a run waits for.
///
/// @param kind `tool`: may this call be done; `question`: a person's answer; `outcome`: did this effect happen
/// @param state `open`, `approved`, `rejected`, `expired`, `edited` or `withdrawn`
/// @param question what it is about: `tool`, `effect`, `arguments`, `original` (where they were edited), `message`,
/// `rule`, `schema`, `options`; not all are there
/// @param hash of the exact question
/// @param otherwise what counts when it expires: an object with a `decision`, or null where it never does
/// @param answer what was decided: an object with a `decision`, null while it is open
/// @param key the key with which the run was asked for
/// @param replaces the question from which this one was made by editing
public record Approval(
        TenantId tenant,
        UUID id,
        UUID run,
        UUID thread,
        String agent,
        int step,
        String kind,
        String state,
        JsonNode question,
        String hash,
        @Nullable String requester,
        @Nullable UUID key,
        boolean notRequester,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable JsonNode otherwise,
        @Nullable JsonNode answer,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable UUID replaces) {

    public boolean isOpen() {
        return state.equals("open");
    }

    /// What was decided: `approve`, `reject`, `happened`, `again` or `stop`; null while it is open.
    public @Nullable String decision() {
        return answer == null || !answer.hasNonNull("decision")
                ? null
                : answer.path("decision").asText();
    }
}
