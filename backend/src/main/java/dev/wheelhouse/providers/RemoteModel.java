package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.Answer;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelWatcher;
import dev.wheelhouse.models.Provider;
import dev.wheelhouse.models.ProviderSource.Opening;
import dev.wheelhouse.models.TargetConfig.Ability;
import dev.wheelhouse.models.TokenUse;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/// A model behind HTTP: one try, on the calling thread.
final class RemoteModel implements Provider {

    /// How long the rest of a stream is waited for once the answer is complete: its token counts come last.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_FORGOTTEN = 1 << 16;

    private final Wire wire;
    private final Opening opening;
    private final String place;
    private final String source;
    private final Exchange exchange;
    private final Throttle throttle;
    private volatile Set<Adapt> without = Set.of();

    /// @param source what the model's own thoughts are kept under
    RemoteModel(Wire wire, Opening opening, String source, Exchange exchange) {
        this.wire = wire;
        this.opening = opening;
        this.place = opening.place();
        this.source = source;
        this.exchange = exchange;
        this.throttle =
                new Throttle(opening.target().concurrency(), opening.target().requestsPerMinute());
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        check(call);
        Duration most = shorter(budget, opening.timeouts().whole());
        throttle.enter(place, most);
        try (var limit = new TimeLimit(most, opening.timeouts().firstChunk())) {
            return adapted(call, watcher, limit);
        } finally {
            throttle.leave();
        }
    }

    /// What the target cannot do is not sent to it.
    private void check(ModelCall call) throws TryFailed {
        var can = opening.target().abilities();
        if (!call.tools().isEmpty() && !can.contains(Ability.TOOLS)) {
            throw cannot("call tools", "Use another model for agents with tools");
        }
        boolean hasImages = call.messages().stream()
                .anyMatch(message -> message instanceof ModelMessage.User user
                        && !user.images().isEmpty());
        if (hasImages && !can.contains(Ability.IMAGES)) {
            throw cannot("see images", "Use another model for images");
        }
        Integer length = opening.target().contextLength();
        if (length != null && TokenUse.guess(call, "", List.of()).input() > length) {
            throw cannot(
                    "read a conversation of more than %,d tokens".formatted(length),
                    "Shorten the conversation, or add a target with a longer context");
        }
    }

    private TryFailed cannot(String what, String hint) {
        return new TryFailed("refused", "%s cannot %s".formatted(place, what), hint, Remedy.OTHER_TARGET);
    }

    /// Once more without what the server has named and refused, for as long as there is something to leave out.
    private Answer adapted(ModelCall call, ModelWatcher watcher, TimeLimit limit)
            throws TryFailed, InterruptedException {
        var tried = EnumSet.noneOf(Adapt.class);
        tried.addAll(without);
        while (true) {
            var names = FitNames.of(call, tried.contains(Adapt.SHORT_IDS));
            ObjectNode body = body(call, names, tried);
            try {
                Answer answer = once(call, watcher, limit, names, body.toString());
                without = Set.copyOf(tried);
                return answer;
            } catch (Refusal refusal) {
                if (!adapt(call, refusal, tried, body)) {
                    throw refusal.asTryFailed(place);
                }
            }
        }
    }

    private boolean adapt(ModelCall call, Refusal refusal, Set<Adapt> tried, ObjectNode before) {
        var passed = EnumSet.copyOf(EnumSet.allOf(Adapt.class));
        passed.retainAll(tried);
        for (var one = Adapt.of(refusal, passed); one != null; one = Adapt.of(refusal, passed)) {
            passed.add(one);
            var next = EnumSet.noneOf(Adapt.class);
            next.addAll(tried);
            next.add(one);
            var names = FitNames.of(call, next.contains(Adapt.SHORT_IDS));
            if (!body(call, names, next).equals(before)) {
                tried.add(one);
                return true;
            }
        }
        return false;
    }

    /// A schema that the server does not take is put into words, whatever the wire.
    private ObjectNode body(ModelCall call, FitNames names, Set<Adapt> leftOut) {
        boolean takesSchemas = !leftOut.contains(Adapt.NO_SCHEMA)
                && opening.target().abilities().contains(Ability.JSON_SCHEMA);
        return wire.write(opening, takesSchemas ? call : call.schemaInWords(), names, source, leftOut);
    }

    private Answer once(ModelCall call, ModelWatcher watcher, TimeLimit limit, FitNames names, String body)
            throws TryFailed, InterruptedException, Refusal {
        var gathered = new GatherAnswer(call, place, watcher, names);
        try {
            InputStream in = exchange.ask(body, limit);
            boolean isRead = false;
            try {
                Answer answer = read(new Frames(in), gathered, limit);
                isRead = true;
                return answer;
            } finally {
                leave(in, isRead);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The call was cancelled");
            }
            if (gathered.isFinished()) {
                return gathered.whole(source);
            }
            throw failed(e, limit);
        }
    }

    /// What follows a whole answer is read and forgotten, so that the connection can be used again; but not for long.
    private static void leave(InputStream in, boolean isRead) throws IOException {
        if (!isRead) {
            in.close();
            return;
        }
        Thread.startVirtualThread(() -> {
            try (in;
                    var limit = new TimeLimit(GRACE, GRACE)) {
                limit.watch(in).skip(MOST_FORGOTTEN);
            } catch (IOException e) {
                // Then it cannot be used again.
            }
        });
    }

    private Answer read(Frames frames, GatherAnswer gathered, TimeLimit limit) throws IOException, TryFailed, Refusal {
        var reader = wire.reader(gathered);
        boolean hasEnded = false;
        boolean isBroken = false;
        String lastWords = "";
        for (var frame = frames.next(); frame != null && !hasEnded; frame = hasEnded ? null : frames.next()) {
            isBroken |= frame.isBroken();
            lastWords = frame.json() == null && !frame.isDone() ? frame.text() : lastWords;
            hasEnded = reader.read(frame);
            limit.allow(
                    gathered.isFinished()
                            ? GRACE
                            : gathered.hasSaidAnything()
                                    ? opening.timeouts().betweenChunks()
                                    : opening.timeouts().firstChunk());
        }
        if (isBroken && !gathered.isFinished()) {
            throw unreadable(frames.start());
        }
        if (hasEnded || gathered.isFinished()) {
            return gathered.whole(source);
        }
        throw endedEarly(frames, gathered, lastWords);
    }

    private TryFailed endedEarly(Frames frames, GatherAnswer gathered, String lastWords) {
        String start = lastWords.isEmpty() ? frames.start() : lastWords;
        if (gathered.hasSaidAnything() || start.isEmpty() && !frames.isPage()) {
            return new TryFailed("stream_cut", place + " ended its answer in the middle", null, Remedy.RETRY);
        }
        return new TryFailed(
                "bad_answer",
                "%s sent something other than an answer: %s".formatted(place, Text.shorten(start, 200)),
                "Check the address of the model server",
                Remedy.RETRY);
    }

    private TryFailed unreadable(String start) {
        return new TryFailed(
                "bad_answer",
                "%s sent an answer that cannot be read: %s".formatted(place, Text.shorten(start, 200)),
                null,
                Remedy.RETRY);
    }

    private TryFailed failed(IOException e, TimeLimit limit) {
        Duration exceeded = limit.exceeded();
        if (exceeded != null || e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException)) {
            boolean whole = limit.isWholeOver();
            return new TryFailed(
                    "timeout",
                    "%s %s %d ms"
                            .formatted(
                                    place,
                                    whole ? "did not finish its answer within" : "was silent for",
                                    (whole ? limit.whole() : limit.quiet()).toMillis()),
                    "Try again, or raise models.timeouts",
                    Remedy.RETRY);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof java.net.UnknownHostException) {
                return unreachable("unknown host");
            }
            if (cause instanceof SSLException) {
                return unreachable("its certificate is not accepted, or it does not speak TLS");
            }
        }
        if (e instanceof ConnectException || e instanceof HttpConnectTimeoutException) {
            return unreachable("no connection");
        }
        return new TryFailed("stream_cut", "%s broke the connection".formatted(place), null, Remedy.RETRY);
    }

    private TryFailed unreachable(String why) {
        return new TryFailed(
                "unreachable",
                "%s cannot be reached: %s".formatted(place, why),
                "Check that the model server runs and that its address is right",
                Remedy.RETRY);
    }

    private static Duration shorter(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
