package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.Fields;
import dev.wheelhouse.http.StartRuns;
import org.jspecify.annotations.Nullable;

/// Reads the body of a chat completion.
final class ReadChat {

    private ReadChat() {}

    /// Refuses with all mistakes at once.
    static Asked of(byte @Nullable [] body) {
        var fields = Fields.open(body);
        String agent = fields.text("model", 100);
        var messages = ReadMessages.of(fields);
        var options = ReadOptions.of(fields, true, "max_tokens", "max_completion_tokens");
        String metadata = StartRuns.metadata(fields);
        String user = StartRuns.user(fields);
        boolean streams = fields.flag("stream");
        boolean wantsUsage = streams
                && fields.node("stream_options") instanceof JsonNode wanted
                && wanted.path("include_usage").asBoolean();
        ClientFields.CHAT.check(fields);
        fields.check();
        return new Asked(agent, messages.said(), options, metadata, user, streams, wantsUsage, messages.results());
    }
}
