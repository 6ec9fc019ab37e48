package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.runs.RunId;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Why a run has no answer for its client. The status is one that no client answers by asking again: that would start
/// another run. Only where this replica goes does asking again help, and joins the run.
/// @param isPassing the run goes on, and the same request joins it
record Unanswered(HttpStatus status, String type, String code, String message, boolean isPassing) {

    private static final String RUN = "run_error";

    /// The run's own code and words.
    static Unanswered failed(RunId run, JsonNode error) {
        String hint = error.path("hint").asText("");
        String message = error.path("message").asText();
        return new Unanswered(
                HttpStatus.BAD_REQUEST,
                RUN,
                error.path("code").asText("failed"),
                "Run \"%s\" failed: %s%s".formatted(run, message, hint.isEmpty() ? "" : ". " + hint),
                false);
    }

    static Unanswered cancelled(RunId run) {
        return new Unanswered(
                HttpStatus.BAD_REQUEST, RUN, "cancelled", "Run \"%s\" was cancelled".formatted(run), false);
    }

    static Unanswered paused(RunId run) {
        return new Unanswered(
                HttpStatus.BAD_REQUEST,
                RUN,
                "paused",
                "Run \"%s\" is paused. Resume it by POST /api/v1/runs/%s/resume, then send the same request again: it joins the run"
                        .formatted(run, run),
                true);
    }

    /// @param approvals the ids of what people are asked
    static Unanswered waits(RunId run, Collection<String> approvals) {
        String where = approvals.isEmpty()
                ? "GET /api/v1/approvals?state=open&run=" + run
                : "POST /api/v1/approvals/%s/decision".formatted(String.join(" and ", approvals));
        return new Unanswered(
                HttpStatus.BAD_REQUEST,
                RUN,
                "waiting_for_approval",
                "Run \"%s\" waits for a person. Decide in the console or by %s, then send the same request again: it joins the run"
                        .formatted(run, where),
                true);
    }

    /// Another replica begins an answer anew that this client has read a part of.
    static Unanswered begunAgain(RunId run) {
        return new Unanswered(
                HttpStatus.BAD_REQUEST,
                RUN,
                "answer_begun_again",
                "The answer of run \"%s\" was begun again and differs from what you have read. Send the same request again: it joins the run"
                        .formatted(run),
                true);
    }

    static Unanswered stopping(RunId run) {
        return new Unanswered(
                HttpStatus.SERVICE_UNAVAILABLE,
                "server_error",
                "not_ready",
                "This replica stops. Send the same request again: it joins run \"%s\"".formatted(run),
                true);
    }

    static Unanswered goesOn(RunId run) {
        return new Unanswered(
                HttpStatus.SERVICE_UNAVAILABLE,
                "server_error",
                "still_running",
                "Run \"%s\" goes on. Send the same request again: it joins the run; or ask for a stream, which stays open"
                        .formatted(run),
                true);
    }

    HttpResponse<String> response() {
        var response = JsonResponse.json(status, json());
        return status == HttpStatus.SERVICE_UNAVAILABLE
                ? response.header("Retry-After", "1")
                : response.header("x-should-retry", "false");
    }

    String json() {
        return new JsonObject().raw("error", error()).end();
    }

    String error() {
        return new JsonObject()
                .put("message", message)
                .put("type", type)
                .put("param", (@Nullable String) null)
                .put("code", code)
                .end();
    }
}
