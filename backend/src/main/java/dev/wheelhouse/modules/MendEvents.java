package dev.wheelhouse.modules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.util.Set;

/// Hands the events of a stream on to the library, and tells what that does not: an error in a good stream, a question
/// that was withheld, an end that never came. Words that it does not know become ones that it knows.
final class MendEvents implements ServerSentEventListener {

    private static final Set<String> ENDS = Set.of(
            "STOP",
            "MAX_TOKENS",
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "OTHER",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "MALFORMED_FUNCTION_CALL");
    private static final Set<String> FILTERS =
            Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII");

    private final String place;
    private final ServerSentEventListener library;
    private boolean hasFailed;
    private boolean hasEnded;

    MendEvents(String place, ServerSentEventListener library) {
        this.place = place;
        this.library = library;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (hasFailed) {
            return;
        }
        JsonNode json = read(event.data());
        String blocked = json.path("promptFeedback").path("blockReason").asText();
        if (json.path("error").isObject()) {
            fail(Refusal.inStream(json.toString()).asTryFailed(place));
        } else if (!blocked.isBlank()) {
            fail(withheld(" withheld its answer by its content filter (%s)".formatted(blocked)));
        } else if (json.isObject()) {
            String end = json.path("candidates").path(0).path("finishReason").asText();
            boolean isFiltered = FILTERS.contains(end) || end.startsWith("IMAGE_") && !ENDS.contains(end);
            if (isFiltered) {
                fail(withheld(" withheld its answer by its content filter (%s)".formatted(end)));
            } else if (end.equals("MALFORMED_FUNCTION_CALL") || end.equals("UNEXPECTED_TOOL_CALL")) {
                fail(new TryFailed("bad_answer", place + " made a call that cannot be read", null, Remedy.RETRY));
            } else {
                hasEnded |= !end.isBlank() && !end.equals("FINISH_REASON_UNSPECIFIED");
                library.onEvent(new ServerSentEvent(event.event(), known(json, end)), context);
            }
        }
    }

    private static JsonNode read(String data) {
        try {
            JsonNode json = Json.read(data);
            return json.isArray() ? json.path(0) : json;
        } catch (Problem notJson) {
            return Json.mapper().getNodeFactory().missingNode();
        }
    }

    /// The library cannot read a reason that it does not know; such a one ends an answer well.
    private static String known(JsonNode json, String end) {
        if (!end.isBlank() && !ENDS.contains(end)) {
            ObjectNode candidate = (ObjectNode) json.path("candidates").path(0);
            candidate.put("finishReason", "STOP");
        }
        return json.toString();
    }

    private TryFailed withheld(String what) {
        return new TryFailed(
                "refused",
                place + what,
                "Say it in other words, or add another target to the alias",
                Remedy.OTHER_TARGET);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
        throw new UnsupportedOperationException("Events come with their context");
    }

    private void fail(TryFailed failure) {
        hasFailed = true;
        library.onError(new SpeakHttp.Carried(failure));
    }

    @Override
    public void onError(Throwable error) {
        library.onError(error);
    }

    @Override
    public void onClose() {
        if (!hasEnded && !hasFailed) {
            fail(new TryFailed("stream_cut", place + " ended its answer in the middle", null, Remedy.RETRY));
        } else if (!hasFailed) {
            library.onClose();
        }
    }
}
