package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call that an answer asks for, the step in which it is done, and what a person said about it.
///
/// @param need null where nobody has to be asked
/// @param asked the step in which a person is asked, 0 without a need
/// @param word the person's answer, null while there is none
record WantedCall(
        ToolRequest request,
        int step,
        @Nullable ApprovalNeed need,
        int asked,
        @Nullable JsonNode word) {

    /// The questions have the numbers after the answer's, the calls those after them.
    static List<WantedCall> of(Turn turn) {
        int asked = turn.number();
        int step = turn.number()
                + (int) turn.needs().stream().filter(java.util.Objects::nonNull).count();
        var calls = new ArrayList<WantedCall>();
        for (int at = 0; at < turn.wanted().size(); at++) {
            var need = turn.needs().get(at);
            asked += need == null ? 0 : 1;
            calls.add(new WantedCall(
                    turn.wanted().get(at),
                    ++step,
                    need,
                    need == null ? 0 : asked,
                    need == null ? null : word(turn, asked)));
        }
        return calls;
    }

    private static @Nullable JsonNode word(Turn turn, int asked) {
        return turn.results().stream()
                .filter(result -> result.number() == asked)
                .map(Step::outcome)
                .map(outcome -> Json.read(String.valueOf(outcome.output())))
                .findFirst()
                .orElse(null);
    }

    /// Still to be answered by a person.
    boolean isAsked() {
        return need != null && word == null;
    }

    /// Why it is not done, for the model, where a person said no.
    @Nullable
    Failure rejected() {
        if (word == null || word.path("decision").asText().equals("approve")) {
            return null;
        }
        String said = word.hasNonNull("by")
                ? "\"%s\" rejected this call".formatted(word.path("by").asText())
                : "This call was not approved";
        String reason = word.hasNonNull("reason") ? ": " + word.path("reason").asText() : "";
        return new Failure(
                "rejected",
                said + reason,
                "Do not try it again as it is; say what you could not do, or propose another way");
    }

    /// The call with the arguments that a person approved, where those were edited.
    ToolRequest approved() {
        return word == null || !word.has("arguments")
                ? request
                : new ToolRequest(
                        request.id(), request.tool(), word.get("arguments").toString());
    }

    boolean isEdited() {
        return word != null && word.has("arguments");
    }
}
