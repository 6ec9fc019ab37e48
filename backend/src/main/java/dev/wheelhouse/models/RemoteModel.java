package dev.wheelhouse.models;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A model behind HTTP.
///
/// A thread of its own reads the stream and hands what happens to the calling thread, which alone watches the time:
/// silence, a slow drip and an interrupt end the reader in the same way, and the reader's end closes the connection.
final class RemoteModel implements Provider {

    /// What the reader of a stream has to say.
    private sealed interface Happening {
        record Word(String text) implements Happening {}

        /// Something other than text: a fragment of a tool call, a thought.
        record Sign() implements Happening {}

        record Whole(ChatResponse response) implements Happening {}

        record Broken(Throwable cause) implements Happening {}

        /// The stream is over; without [Whole] before it, it was cut.
        record End() implements Happening {}
    }

    private final String place;
    private final StreamingChatModel model;
    private final Timeouts timeouts;
    private final TranslateCall translate;

    RemoteModel(String place, StreamingChatModel model, Timeouts timeouts, TranslateCall translate) {
        this.place = place;
        this.model = model;
        this.timeouts = timeouts;
        this.translate = translate;
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        var happenings = new LinkedBlockingQueue<Happening>();
        ChatRequest request = translate.request(call);
        Thread reader = Thread.ofVirtual().name("read-model-answer").start(() -> read(request, happenings));
        try {
            return listen(call, happenings, watcher, shorter(budget, timeouts.whole()));
        } finally {
            reader.interrupt();
        }
    }

    private void read(ChatRequest request, BlockingQueue<Happening> happenings) {
        try {
            model.chat(request, new Report(happenings));
        } catch (RuntimeException e) {
            happenings.add(new Happening.Broken(e));
        }
        happenings.add(new Happening.End());
    }

    private Answer listen(ModelCall call, BlockingQueue<Happening> happenings, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException {
        long deadline = System.nanoTime() + budget.toNanos();
        Duration quiet = timeouts.firstChunk();
        while (true) {
            long left = deadline - System.nanoTime();
            Happening happening = happenings.poll(Math.min(left, quiet.toNanos()), TimeUnit.NANOSECONDS);
            switch (happening) {
                case null -> throw tooSlow(left <= quiet.toNanos() ? budget : quiet, left <= quiet.toNanos());
                case Happening.Word word -> watcher.delta(word.text());
                case Happening.Sign _ -> {}
                case Happening.Whole whole -> {
                    return Answer.of(call, place, whole.response());
                }
                case Happening.Broken broken -> throw TryFailed.of(place, broken.cause());
                case Happening.End _ ->
                    throw new TryFailed("stream_cut", place + " ended its answer in the middle", null, Remedy.RETRY);
            }
            quiet = timeouts.betweenChunks();
        }
    }

    private TryFailed tooSlow(Duration limit, boolean whole) {
        String sentence = "%s %s %d ms"
                .formatted(place, whole ? "did not finish its answer within" : "was silent for", limit.toMillis());
        return new TryFailed("timeout", sentence, "Try again, or raise models.timeouts", Remedy.RETRY);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private record Report(BlockingQueue<Happening> happenings) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            happenings.add(new Happening.Word(text));
        }

        @Override
        public void onPartialToolCall(dev.langchain4j.model.chat.response.PartialToolCall fragment) {
            happenings.add(new Happening.Sign());
        }

        @Override
        public void onUnmappedRawEvent(Object event) {
            happenings.add(new Happening.Sign());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            happenings.add(new Happening.Whole(response));
        }

        @Override
        public void onError(Throwable error) {
            happenings.add(new Happening.Broken(error));
        }
    }
}
