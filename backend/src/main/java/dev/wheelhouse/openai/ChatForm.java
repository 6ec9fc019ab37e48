package dev.wheelhouse.openai;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;
import java.util.ArrayList;
import java.util.List;

/// Chat completions.
///
/// @param annotations finds what the marks of an answer lead to
record ChatForm(Annotations annotations) implements Reply.Form {

    @Override
    public Reply stream(Run run, Asked asked, FrameStream stream) {
        return new ChatChunks(run, asked, stream);
    }

    @Override
    public String whole(Run run, Asked asked, WholeReply reply) {
        boolean calls = !reply.calls().isEmpty();
        String content = reply.text();
        var message = new JsonObject()
                .put("role", "assistant")
                .put("content", calls && content.isEmpty() ? null : content)
                .put("refusal", (String) null);
        String cited = annotations.of(run, content);
        message.rawIfAny("annotations", cited.equals(Annotations.NONE) ? null : cited);
        if (calls) {
            message.raw("tool_calls", calls(reply.calls(), false));
        }
        var choice = new JsonObject()
                .put("index", 0)
                .raw("message", message.end())
                .raw("logprobs", null)
                .put("finish_reason", reply.ending().finish().word())
                .end();
        return head(run, asked, "chat.completion")
                .raw("choices", JsonObject.array(List.of(choice)))
                .raw("usage", usage(reply.ending()))
                .end();
    }

    /// @param counted each with its place in the list, as chunks have it
    static String calls(List<Reply.Call> calls, boolean counted) {
        var all = new ArrayList<String>();
        for (var call : calls) {
            var json = new JsonObject();
            if (counted) {
                json.put("index", all.size());
            }
            all.add(json.put("id", call.id())
                    .put("type", "function")
                    .raw(
                            "function",
                            "{\"name\":" + Json.quote(call.tool()) + ",\"arguments\":" + Json.quote(call.arguments())
                                    + "}")
                    .end());
        }
        return JsonObject.array(all);
    }

    /// A run has one completion for each time that its client is to act.
    static JsonObject head(Run run, Asked asked, String object) {
        String part = asked.results() == null ? "" : "-" + asked.results().lastStep();
        return new JsonObject()
                .put("id", "chatcmpl-" + run.id() + part)
                .put("object", object)
                .put("created", run.createdAt().getEpochSecond())
                .put("model", run.program().name());
    }

    static String usage(Reply.Ending ending) {
        return new JsonObject()
                .put("prompt_tokens", ending.input())
                .put("completion_tokens", ending.output())
                .put("total_tokens", ending.input() + ending.output())
                .raw("prompt_tokens_details", "{\"cached_tokens\":" + ending.cached() + "}")
                .raw("completion_tokens_details", "{\"reasoning_tokens\":0}")
                .end();
    }
}
