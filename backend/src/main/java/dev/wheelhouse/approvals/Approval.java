package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.JsonColumn;
import dev.wheelhouse.database.TenantColumn;
import dev.wheelhouse.runs.Questions;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
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
/// @param request the beginning of what the run was asked, at most 300 letters
@MappedEntity("run_questions")
public record Approval(
        @io.micronaut.data.annotation.TenantId @MappedProperty(converter = TenantColumn.class)
        TenantId tenant,

        @Id UUID id,
        UUID run,
        UUID thread,
        String agent,
        int step,
        String kind,
        String state,
        @MappedProperty(converter = JsonColumn.class) JsonNode question,
        String hash,
        @Nullable String requester,
        @MappedProperty("key_id") @Nullable UUID key,
        boolean notRequester,
        Instant createdAt,
        @Nullable Instant expiresAt,

        @MappedProperty(converter = JsonColumn.class) @Nullable
        JsonNode otherwise,

        @MappedProperty(converter = JsonColumn.class) @Nullable
        JsonNode answer,

        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable UUID replaces,
        @Nullable String request) {

    public boolean isOpen() {
        return standing() == Questions.State.OPEN;
    }

    /// Its state, for who tells states apart.
    Questions.State standing() {
        return Questions.State.of(state);
    }

    /// What was decided: `approve`, `reject`, `happened`, `again` or `stop`; null while it is open.
    public @Nullable String decision() {
        return answer == null || !answer.hasNonNull("decision")
                ? null
                : answer.path("decision").asText();
    }
}
