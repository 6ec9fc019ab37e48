package dev.wheelhouse.modules;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.Provider.Adaptation;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig.Ability;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import dev.wheelhouse.providers.Providers;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(ModuleModel.class);

    private final Opening opening;
    private final String place;
    private final String source;
    private final SpeakHttp http;
    private final Function<Boolean, StreamingChatModel> models;
    private final Map<Boolean, StreamingChatModel> made = new ConcurrentHashMap<>();
    private volatile Set<Adaptation> learnt = Set.of();

    /// @param models the library's model, which thinks as much as the target says or as it likes
    ModuleModel(Opening opening, String source, SpeakHttp http, Function<Boolean, StreamingChatModel> models) {
        this.opening = opening;
        this.place = opening.place();
        this.source = source;
        this.http = http;
        this.models = models;
    }

    @Override
    public Set<Adaptation> learnt() {
        return learnt;
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        long deadline = System.nanoTime() + budget.toNanos();
        Duration left = budget;
        var tried = EnumSet.noneOf(Adaptation.class);
        tried.addAll(learnt);
        boolean mayRenew = true;
        while (true) {
            try {
                Answer answer = once(call, tried, watcher, left);
                learn(tried);
                return answer;
            } catch (Refusal refusal) {
                left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                if (mayRenew && refusal.isAboutCredentials() && http.renew()) {
                    mayRenew = false;
                    continue;
                }
                var one = Providers.adaptation(refusal, tried);
                if (one == null || !wasSent(one, call)) {
                    throw refusal.asTryFailed(place);
                }
                tried.add(one);
            }
        }
    }

    private boolean wasSent(Adaptation one, ModelCall call) {
        return switch (one) {
            case NO_EFFORT -> opening.target().reasoningEffort() != null;
            case NO_TEMPERATURE -> call.temperature() != null;
            case NO_SCHEMA -> call.schema() != null;
            case NO_TOOL_CHOICE -> call.mustCall();
            case NO_STREAM_OPTIONS,
                    OTHER_OUTPUT_TOKENS,
                    EMPTY_THOUGHTS,
                    NO_KEPT,
                    JOIN_TURNS,
                    NO_SYSTEM,
                    SHORT_IDS,
                    NO_STREAM -> false;
        };
    }

    private void learn(Set<Adaptation> tried) {
        if (!learnt.containsAll(tried)) {
            learnt = Set.copyOf(tried);
            LOG.info(
                    "{} refuses what others take. It is asked with {} from now on.",
                    place,
                    tried.stream().map(Adaptation::word).toList());
        }
    }

    private Answer once(ModelCall call, Set<Adaptation> without, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException, Refusal {
        var happenings = new LinkedBlockingQueue<Happening>();
        boolean takesSchemas = opening.target().abilities().contains(Ability.JSON_SCHEMA);
        ChatRequest request = TranslateCall.request(call, opening.target().name(), source, takesSchemas, without);
        var model = made.computeIfAbsent(!without.contains(Adaptation.NO_EFFORT), models);
        Thread reader = Thread.ofVirtual().name("read-model-answer").start(() -> read(model, request, happenings));
        try {
            return listen(call, happenings, watcher, budget);
        } finally {
            reader.interrupt();
        }
    }

    private static void read(StreamingChatModel model, ChatRequest request, BlockingQueue<Happening> happenings) {
        try {
            model.chat(request, new Report(happenings));
        } catch (RuntimeException e) {
            happenings.add(new Happening.Broken(e));
        }
        happenings.add(new Happening.End());
    }

    private Answer listen(ModelCall call, BlockingQueue<Happening> happenings, ModelWatcher watcher, Duration budget)
            throws TryFailed, InterruptedException, Refusal {
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

    private TryFailed failed(Throwable error) throws Refusal {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SpeakHttp.Carried carried -> {
                    if (carried.refusal != null) {
                        throw carried.refusal;
                    }
                    return carried.failure;
                }
                case java.net.ConnectException _, java.net.http.HttpConnectTimeoutException _ -> {
                    return new TryFailed(
                            "unreachable",
                            place + " cannot be reached",
                            "Check that its address is right",
                            Remedy.RETRY);
                }
                // The client's own clock, which may run out a moment before the listener's.
                case java.net.http.HttpTimeoutException _ -> {
                    return tooSlow(opening.timeouts().firstChunk(), false);
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
        public void onPartialThinking(PartialThinking thought) {
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
