package dev.wheelhouse.openai;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.Frames;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunWatcher;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.streams.FrameStream;
import org.jspecify.annotations.Nullable;

/// A run as the stream of chunks that OpenAI's clients read: its text as it comes, its usage, `[DONE]`.
final class CompletionChunks implements RunWatcher {

    private final Run run;
    private final FrameStream stream;
    private final boolean wantsUsage;
    private final Runs runs;
    private int step;
    private final StringBuilder shown = new StringBuilder();

    CompletionChunks(Run run, FrameStream stream, boolean wantsUsage, Runs runs) {
        this.run = run;
        this.stream = stream;
        this.wantsUsage = wantsUsage;
        this.runs = runs;
        chunk(new JsonObject().put("role", "assistant").put("content", "").end(), null);
    }

    @Override
    public void delta(int of, int offset, String text) {
        if (of != step) {
            boolean follows = !shown.isEmpty();
            step = of;
            shown.setLength(0);
            if (follows) {
                content("\n\n");
            }
        }
        // After a takeover a step is told again from its beginning: what was shown is not shown twice.
        if (offset <= shown.length() && offset + text.length() > shown.length()) {
            String added = text.substring(shown.length() - offset);
            shown.append(added);
            content(added);
        }
    }

    @Override
    public void event(RunEvent event) {
        switch (event.type()) {
            case RUN_SUCCEEDED -> {
                rest(Json.read(event.data()).path("output").asText());
                chunk("{}", Json.read(event.data()).path("truncated").asBoolean() ? "length" : "stop");
            }
            case RUN_FAILED ->
                fail(Json.read(event.data()).path("error").path("message").asText());
            case RUN_CANCELLED -> fail("it was cancelled");
            case RUN_CREATED,
                    RUN_CLAIMED,
                    RUN_RELEASED,
                    RUN_WAITING,
                    STEP_STARTED,
                    STEP_SUCCEEDED,
                    STEP_FAILED,
                    STEP_UNKNOWN -> {}
        }
    }

    /// What no delta brought: a run that goes on elsewhere has none.
    private void rest(String output) {
        if (output.startsWith(shown.toString())) {
            content(output.substring(shown.length()));
        }
    }

    private void fail(String why) {
        stream.offer(Frames.data(new JsonObject()
                .raw(
                        "error",
                        new JsonObject()
                                .put("message", "Run \"%s\" has no answer: %s".formatted(run.id(), why))
                                .put("type", "server_error")
                                .put("param", (String) null)
                                .put("code", "run_failed")
                                .end())
                .end()));
    }

    /// What was sent cannot be taken back: the client has to ask again.
    @Override
    public void reset(int of) {
        if (of == step && !shown.isEmpty()) {
            fail("the model's answer broke off and is told from its beginning");
            stream.complete();
        }
    }

    @Override
    public void running(String step) {}

    @Override
    public void ended() {
        if (!wantsUsage) {
            done();
            return;
        }
        // Reading the run asks Postgres, which this thread must not wait for.
        Thread.startVirtualThread(() -> {
            try {
                var ended = runs.get(run.tenant(), run.id());
                stream.offer(Frames.data(OpenAiController.head(run, "chat.completion.chunk")
                        .raw("choices", "[]")
                        .raw("usage", OpenAiController.usage(ended))
                        .end()));
            } finally {
                done();
            }
        });
    }

    private void done() {
        stream.offer(Frames.data("[DONE]"));
        stream.complete();
    }

    private void content(String text) {
        if (!text.isEmpty()) {
            chunk(new JsonObject().put("content", text).end(), null);
        }
    }

    private void chunk(String delta, @Nullable String finish) {
        var choice = new JsonObject()
                .put("index", 0)
                .raw("delta", delta)
                .raw("logprobs", null)
                .put("finish_reason", finish)
                .end();
        stream.offer(Frames.data(OpenAiController.head(run, "chat.completion.chunk")
                .raw("choices", "[" + choice + "]")
                .end()));
    }
}
