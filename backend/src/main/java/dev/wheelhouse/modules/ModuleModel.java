package dev.wheelhouse.modules;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A model that a module of langchain4j speaks to.
///
/// A thread of its own reads the stream and hands what happens to the calling thread, which alone watches the time:
/// silence, a slow drip and an interrupt end the reader in the same way, and the reader's end closes the connection.
final class ModuleModel implements Provider {

    /// What the reader of a stream has to say.
    private sealed interface Happening {
        record Word(String text) implements Happening {}

        /// Something other than text: a call, a thought.
        record Sign() implements Happening {}

        record Whole(ChatResponse response) implements Happening {}

        record Broken(Throwable cause) implements Happening {}

        /// The stream is over; without [Whole] before it, it was cut.
        record End() implements Happening {}
    }

    private final Opening opening;
    private final String place;
    private final String source;
    private final StreamingChatModel model;

    ModuleModel(Opening opening, String source, StreamingChatModel model) {
        this.opening = opening;
        this.place = opening.place();
        this.source = source;
        this.model = model;
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        var happenings = new LinkedBlockingQueue<Happening>();
        ChatRequest request = TranslateCall.request(call, opening.target().name(), source);
        Thread reader = Thread.ofVirtual().name("read-model-answer").start(() -> read(request, happenings));
        Duration whole = opening.timeouts().whole();
        try {
            return listen(call, happenings, watcher, budget.compareTo(whole) < 0 ? budget : whole);
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
        Duration quiet = opening.timeouts().firstChunk();
        while (true) {
            long left = deadline - System.nanoTime();
            Happening happening = happenings.poll(Math.min(left, quiet.toNanos()), TimeUnit.NANOSECONDS);
            switch (happening) {
                case null -> throw tooSlow(left <= quiet.toNanos() ? budget : quiet, left <= quiet.toNanos());
                case Happening.Word word -> watcher.delta(word.text());
                case Happening.Sign _ -> {}
                case Happening.Whole whole -> {
                    return ReadResponse.of(call, place, source, whole.response());
                }
                case Happening.Broken broken -> throw failed(broken.cause());
                case Happening.End _ -> throw cut();
            }
            quiet = opening.timeouts().betweenChunks();
        }
    }

    private TryFailed tooSlow(Duration limit, boolean whole) {
        String sentence = "%s %s %d ms"
                .formatted(place, whole ? "did not finish its answer within" : "was silent for", limit.toMillis());
        return new TryFailed("timeout", sentence, "Try again, or raise models.timeouts", Remedy.RETRY);
    }

    private TryFailed failed(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SpeakHttp.Carried carried -> {
                    return carried.failure;
                }
                case java.net.ConnectException _, java.net.http.HttpConnectTimeoutException _ -> {
                    return new TryFailed(
                            "unreachable",
                            place + " cannot be reached",
                            "Check that its address is right",
                            Remedy.RETRY);
                }
                case IOException _ -> {
                    return cut();
                }
                default -> {}
            }
        }
        return new TryFailed("bad_answer", place + " sent an answer that cannot be read", null, Remedy.RETRY);
    }

    private TryFailed cut() {
        return new TryFailed("stream_cut", place + " ended its answer in the middle", null, Remedy.RETRY);
    }

    private record Report(BlockingQueue<Happening> happenings) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            if (!text.isEmpty()) {
                happenings.add(new Happening.Word(text));
            }
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
