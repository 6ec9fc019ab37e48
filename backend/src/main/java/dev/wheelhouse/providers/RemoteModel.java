package dev.wheelhouse.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.frames.FitNames;
import dev.wheelhouse.frames.Frames;
import dev.wheelhouse.frames.GatherAnswer;
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
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model behind HTTP: one try, on the calling thread.
final class RemoteModel implements Provider {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteModel.class);

    /// How long the rest of a stream is waited for once the answer is complete: its token counts come last.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final int MOST_FORGOTTEN = 1 << 16;

    private final Wire wire;
    private final Opening opening;
    private final String place;
    private final String source;
    private final Exchange exchange;
    private volatile Set<Adaptation> learnt = Set.of();

    /// @param source what the model's own thoughts are kept under
    RemoteModel(Wire wire, Opening opening, String source, Exchange exchange) {
        this.wire = wire;
        this.opening = opening;
        this.place = opening.place();
        this.source = source;
        this.exchange = exchange;
    }

    @Override
    public Answer ask(ModelCall call, ModelWatcher watcher, Duration budget) throws TryFailed, InterruptedException {
        try (var limit = new TimeLimit(budget, opening.timeouts().firstChunk())) {
            return adapted(call, watcher, limit);
        }
    }

    @Override
    public Set<Adaptation> learnt() {
        return learnt;
    }

    /// Once more without what the server has named and refused, for as long as there is something to leave out.
    private Answer adapted(ModelCall call, ModelWatcher watcher, TimeLimit limit)
            throws TryFailed, InterruptedException {
        var tried = EnumSet.noneOf(Adaptation.class);
        tried.addAll(wire.assumed());
        tried.addAll(learnt);
        boolean mayRenew = true;
        while (true) {
            var names = FitNames.of(call, tried.contains(Adaptation.SHORT_IDS));
            ObjectNode body = body(call, names, tried);
            try {
                Answer answer = once(call, watcher, limit, names, body, !tried.contains(Adaptation.NO_STREAM));
                learn(tried);
                return answer;
            } catch (Refusal refusal) {
                if (mayRenew && refusal.isAboutCredentials() && exchange.renew()) {
                    mayRenew = false;
                } else if (!adapt(call, refusal, tried, body)) {
                    throw refusal.asTryFailed(place);
                }
            }
        }
    }

    /// What helped is kept: the next call begins with it.
    private void learn(Set<Adaptation> tried) {
        var all = EnumSet.copyOf(tried.isEmpty() ? EnumSet.noneOf(Adaptation.class) : tried);
        all.removeAll(wire.assumed());
        all.addAll(learnt);
        if (!all.equals(learnt)) {
            learnt = Set.copyOf(all);
            LOG.info(
                    "{} refuses what others take. It is asked with {} from now on.",
                    place,
                    all.stream().map(Adaptation::word).toList());
        }
    }

    private boolean adapt(ModelCall call, Refusal refusal, Set<Adaptation> tried, ObjectNode before) {
        var passed = EnumSet.copyOf(EnumSet.allOf(Adaptation.class));
        passed.retainAll(tried);
        for (var one = Adapt.of(refusal, passed); one != null; one = Adapt.of(refusal, passed)) {
            passed.add(one);
            var next = EnumSet.noneOf(Adaptation.class);
            next.addAll(tried);
            next.add(one);
            var names = FitNames.of(call, next.contains(Adaptation.SHORT_IDS));
            boolean isAskedElsewhere = one == Adaptation.NO_STREAM && exchange.knowsTwoAddresses();
            if (isAskedElsewhere || !body(call, names, next).equals(before)) {
                tried.add(one);
                return true;
            }
        }
        return false;
    }

    /// A schema that the server does not take is put into words, whatever the wire.
    private ObjectNode body(ModelCall call, FitNames names, Set<Adaptation> leftOut) {
        boolean takesSchemas = !leftOut.contains(Adaptation.NO_SCHEMA)
                && opening.target().abilities().contains(Ability.JSON_SCHEMA);
        ModelCall sent = takesSchemas ? call : call.schemaInWords();
        boolean takesChoice = !leftOut.contains(Adaptation.NO_TOOL_CHOICE);
        return wire.write(opening, takesChoice ? sent : sent.callInWords(), names, source, leftOut);
    }

    private Answer once(
            ModelCall call, ModelWatcher watcher, TimeLimit limit, FitNames names, ObjectNode body, boolean streams)
            throws TryFailed, InterruptedException, Refusal {
        var gathered = new GatherAnswer(call, place, watcher, names);
        try {
            InputStream in = exchange.ask(body.toString(), streams, limit);
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
        boolean isOurs = false;
        String strange = "";
        String lastWords = "";
        for (var frame = frames.next(); frame != null && !hasEnded; frame = hasEnded ? null : frames.next()) {
            isBroken |= frame.isBroken();
            lastWords = frame.json() == null && !frame.isDone() ? frame.text() : lastWords;
            isOurs |= frame.json() != null && reader.knows(frame);
            strange = strange.isEmpty() && frame.json() != null ? frame.json().toString() : strange;
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
        if (!isOurs && !strange.isEmpty() && !gathered.hasSaidAnything()) {
            throw somethingElse(strange);
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
        return somethingElse(start);
    }

    private TryFailed somethingElse(String start) {
        return new TryFailed(
                "bad_answer",
                "%s sent something other than an answer: %s".formatted(place, Text.shorten(start, 200)),
                "Check the address of the model server, and the provider whose protocol it speaks",
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
}
