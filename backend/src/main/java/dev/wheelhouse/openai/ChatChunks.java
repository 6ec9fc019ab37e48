package dev.wheelhouse.openai;

import dev.wheelhouse.http.Frames;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reply as the stream of chunks that clients of chat completions read. After a failure there is no `[DONE]`, and the
/// connection breaks off: some clients look at one sign, some at the other.
final class ChatChunks implements Reply {

    private final Run run;
    private final Asked asked;
    private final FrameStream stream;
    private boolean isBegun;

    ChatChunks(Run run, Asked asked, FrameStream stream) {
        this.run = run;
        this.asked = asked;
        this.stream = stream;
    }

    @Override
    public void text(String added) {
        begin();
        chunk(new JsonObject().put("content", added).end(), null);
    }

    @Override
    public void calls(List<Call> calls) {
        begin();
        chunk(new JsonObject().raw("tool_calls", ChatForm.calls(calls, true)).end(), null);
    }

    @Override
    public void end(Ending ending) {
        begin();
        chunk("{}", ending.finish().word());
        if (asked.wantsUsage()) {
            stream.offer(Frames.data(head().raw("choices", "[]")
                    .raw("usage", ChatForm.usage(ending))
                    .end()));
        }
        stream.offer(Frames.data("[DONE]"));
        stream.complete();
    }

    @Override
    public void fail(Unanswered why) {
        stream.offer(Frames.data(why.json()));
        stream.cut();
    }

    private void begin() {
        if (!isBegun) {
            isBegun = true;
            chunk(new JsonObject().put("role", "assistant").put("content", "").end(), null);
        }
    }

    private void chunk(String delta, @Nullable String finish) {
        var choice = new JsonObject()
                .put("index", 0)
                .raw("delta", delta)
                .raw("logprobs", null)
                .put("finish_reason", finish)
                .end();
        stream.offer(Frames.data(head().raw("choices", "[" + choice + "]").end()));
    }

    private JsonObject head() {
        return ChatForm.head(run, asked, "chat.completion.chunk");
    }
}
