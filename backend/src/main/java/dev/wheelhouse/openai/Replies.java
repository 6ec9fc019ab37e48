package dev.wheelhouse.openai;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clients.ClientTools;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.http.LiveEvents;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunWatcher;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Answers a request for an answer: starts a run, joins the one that an earlier try has started, or carries on the one
/// whose calls the client has executed; then replies with what comes of it.
@Singleton
final class Replies {

    /// How long a client waits for a whole reply: a connection that is silent for longer is closed.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);

    /// How long a stream's first line is held back, so that a run that fails at once is an error and no stream.
    private static final Duration HELD_BACK = Duration.ofSeconds(15);

    private final Runs runs;
    private final StartRuns start;
    private final LiveEvents live;
    private final Agents agents;
    private final ClientTools tools;
    private final SameCalls same;

    Replies(Runs runs, StartRuns start, LiveEvents live, Agents agents, ClientTools tools, SameCalls same) {
        this.runs = runs;
        this.start = start;
        this.live = live;
        this.agents = agents;
        this.tools = tools;
        this.same = same;
    }

    /// One request as it is answered.
    private record Request(
            Caller caller, HttpRequest<?> http, Asked asked, SameCalls.@Nullable SameCall call, boolean isJoined) {
        TenantId tenant() {
            return caller.tenant();
        }

        Request afresh() {
            return new Request(caller, http, asked.afresh(), call, isJoined);
        }

        Request joining(boolean joined) {
            return new Request(caller, http, asked, call, joined);
        }

        Request begun() {
            return new Request(caller, http, asked.begun(), call, isJoined);
        }
    }

    HttpResponse<?> reply(Caller caller, HttpRequest<?> http, byte[] body, Asked asked, Reply.Form form)
            throws InterruptedException {
        boolean isNamed = http.getHeaders().contains("Idempotency-Key");
        var call = isNamed ? null : SameCalls.of(caller, http, body);
        var request = new Request(caller, http, asked, call, false);
        var run = carriedOn(request);
        if (run == null) {
            var found = started(request.afresh());
            run = found.run;
            request = request.afresh().joining(found.isJoined);
        }
        return asked.streams() ? stream(request.begun(), run, form) : whole(request.begun(), run, form);
    }

    /// @param isJoined an earlier try has started it
    private record Found(Run run, boolean isJoined) {}

    /// The run that waits for the results that were sent, or has had them before. Null where it does no longer: then
    /// the conversation is carried on by a run of its own.
    private @Nullable Run carriedOn(Request request) {
        var results = request.asked.results();
        if (results == null) {
            return null;
        }
        var run = runs.find(request.tenant(), results.run()).orElse(null);
        if (run == null || !run.program().name().equals(request.asked.agent())) {
            return null;
        }
        var asked = request.asked.options();
        boolean isSame = RunOptions.of(run.options()).equals(asked);
        String options = isSame ? null : Objects.requireNonNullElse(asked.json(), "{}");
        boolean isTaken =
                tools.take(request.tenant(), results.run(), results.bySteps(), options, request.caller.name());
        return isTaken ? run : null;
    }

    /// Whether something is spoken to by this name.
    boolean isAnswered(Caller caller, String name) {
        return !start.spokenTo(caller, name, "").isEmpty();
    }

    private Found started(Request request) {
        var call = request.call;
        if (call != null) {
            var before = same.started(request.http, call);
            if (before.isPresent()) {
                return new Found(before.get(), true);
            }
        }
        var asked = request.asked;
        String key = call == null ? request.http.getHeaders().get("Idempotency-Key") : call.key();
        var run = start.start(
                request.caller,
                new StartRuns.RunRequest(
                        start.spokenTo(request.caller, asked.agent(), Agents.KIND),
                        asked.agent(),
                        null,
                        asked.said(),
                        asked.options().json(),
                        asked.metadata(),
                        asked.user(),
                        NewRun.WhenBusy.REJECT,
                        key,
                        null));
        return new Found(run, false);
    }

    private FollowRun follow(Request request, Run run, Reply reply) {
        var results = request.asked.results();
        var options = request.asked.options();
        if (!run.program().kind().equals(Agents.KIND)) {
            // Only the end of a workflow is its answer.
            return new FollowRun(run, results == null ? 0 : results.lastStep(), options, true, true, reply);
        }
        var definition = agents.definition(
                run.tenant(), run.program().name(), run.program().revision());
        // What may be sent back to the model, or come before a call, is no answer yet.
        boolean mayGoOn = !options.tools().isEmpty() || !definition.tools().isEmpty();
        boolean isHeld = options.schema() != null || definition.outputSchema() != null;
        return new FollowRun(run, results == null ? 0 : results.lastStep(), options, mayGoOn, isHeld, reply);
    }

    private HttpResponse<?> whole(Request request, Run run, Reply.Form form) throws InterruptedException {
        var reply = new WholeReply();
        var following = follow(request, run, reply);
        var isLeft = new AtomicBoolean();
        // Told on the connection's own thread, which must not wait for Postgres.
        Runnable left = () -> {
            isLeft.set(true);
            Thread.startVirtualThread(() -> isUnanswered(request));
        };
        try (var gone = ClientLeft.tell(request.http, left);
                var going = live.whenGoing(following::stop);
                var watch = runs.watch(run.tenant(), run.id(), 0, following)) {
            following.awaitEnd(LONGEST_WAIT);
        }
        following.tooLong();
        var failure = following.failure();
        if (!isLeft.get()) {
            settle(request, following);
        }
        return failure == null ? JsonResponse.json(form.whole(run, request.asked, reply)) : failure.response();
    }

    private HttpResponse<?> stream(Request request, Run run, Reply.Form form) throws InterruptedException {
        var following = new FollowRun[1];
        var going = new RunWatcher.Watch[1];
        var stream = live.answer(frames -> {
            following[0] = follow(request, run, form.stream(run, request.asked, frames));
            going[0] = live.whenGoing(following[0]::stop);
            var watch = runs.watch(run.tenant(), run.id(), 0, following[0]);
            return () -> {
                watch.close();
                going[0].close();
                settle(request, following[0]);
            };
        });
        boolean isBegun = following[0].awaitBegin(HELD_BACK);
        var failure = following[0].failure();
        if (isBegun && failure != null && following[0].isSilent()) {
            settle(request, following[0]);
            stream.close();
            return failure.response();
        }
        return LiveEvents.response(stream);
    }

    private void isUnanswered(Request request) {
        if (request.call != null) {
            same.isUnanswered(request.call);
        }
    }

    /// Who has no answer will ask again.
    private void settle(Request request, FollowRun following) {
        var call = request.call;
        if (call == null) {
            return;
        }
        boolean isAnswered = following.isOver() && following.failure() == null;
        if (isAnswered && request.isJoined) {
            same.isAnswered(call);
        } else if (!following.isOver() || following.isPassing()) {
            same.isUnanswered(call);
        } else if (!isAnswered && !request.isJoined) {
            same.hasFailed(call);
        }
    }
}
