package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.clients.ClientTools;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tool call requested by a model's answer, the step that executes it, and the approval decision on it.
///
/// @param need null if no approval is needed
/// @param asked the step that asks for the approval, 0 if none is needed
/// @param decision null until there is one
record WantedCall(
        ToolRequest request,
        int step,
        @Nullable ApprovalNeed need,
        int asked,
        @Nullable JsonNode decision) {

    /// Approvals take the step numbers after the answer's, the calls those after them.
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
                    need == null ? null : decision(turn, asked)));
        }
        return calls;
    }

    private static @Nullable JsonNode decision(Turn turn, int asked) {
        return turn.results().stream()
                .filter(result -> result.number() == asked)
                .map(Step::outcome)
                .map(outcome -> Json.read(String.valueOf(outcome.output())))
                .findFirst()
                .orElse(null);
    }

    /// Still waiting for a decision.
    boolean isAsked() {
        return need != null && decision == null;
    }

    /// Why it is not executed, for the model, if it was rejected.
    @Nullable
    Failure rejected() {
        if (decision == null || decision.path("decision").asText().equals("approve")) {
            return null;
        }
        String said = decision.hasNonNull("by")
                ? "\"%s\" rejected this call".formatted(decision.path("by").asText())
                : "This call was not approved";
        String reason =
                decision.hasNonNull("reason") ? ": " + decision.path("reason").asText() : "";
        return new Failure(
                "rejected",
                said + reason,
                "Do not repeat it unchanged; say what you could not do, or propose an alternative");
    }

    /// The call as approved: with edited arguments if there are any.
    ToolRequest approved() {
        return decision == null || !decision.has("arguments")
                ? request
                : new ToolRequest(
                        request.id(), request.tool(), decision.get("arguments").toString());
    }

    boolean isEdited() {
        return decision != null && decision.has("arguments");
    }

    /// The client executes it.
    PlannedStep clients() {
        var ask = ClientTools.ask(request.tool(), request.arguments());
        return new PlannedStep(step, ClientTools.KIND, request.tool(), request.id(), Effect.READ, null, ask);
    }
}
