package dev.wheelhouse.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.clients.ClientTools;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.runs.EventType;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunWatcher;
import dev.wheelhouse.runs.WaitingReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows a run from a step on until its client is to act: to its end, to calls of the client's tools, or to where a
/// person has to decide. Which replica carries the run on does not matter: what no delta brought, the log does.
///
/// The content is the final answer. What a model says before it calls tools is left out, unless it is so long that it
/// looked like the answer and was shown.
final class FollowRun implements RunWatcher {

    /// Up to here a text may turn out to introduce a call.
    private static final int HELD = 400;

    /// A person who decides at once is waited for.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final Run run;
    private final int after;
    private final RunOptions options;
    private final boolean callsTools;
    private final boolean isHeld;
    private final Reply reply;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final StringBuilder told = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final Set<String> wanted = new HashSet<>();
    private final List<Reply.Call> calls = new ArrayList<>();
    private final TreeMap<Integer, String> asked = new TreeMap<>();
    private int step;
    private Reply.Finish finish = Reply.Finish.STOP;
    private long input;
    private long cached;
    private long output;
    private int waits;
    private boolean isWaiting;
    private boolean isSilent = true;
    private @Nullable Unanswered failure;

    /// @param after the last step that an earlier reply was about
    /// @param callsTools whether the agent or its client has any
    /// @param isHeld whether an answer may be sent back to the model, and is one only when the run has ended
    FollowRun(Run run, int after, RunOptions options, boolean callsTools, boolean isHeld, Reply reply) {
        this.run = run;
        this.after = after;
        this.options = options;
        this.callsTools = callsTools;
        this.isHeld = isHeld;
        this.reply = reply;
    }

    /// Waits for the first that a client can see. True if there is something by then.
    boolean awaitBegin(Duration time) throws InterruptedException {
        return begun.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean awaitEnd(Duration time) throws InterruptedException {
        return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Why there is no answer, null while there may be one.
    synchronized @Nullable Unanswered failure() {
        return failure;
    }

    /// Whether the client has seen nothing yet.
    synchronized boolean isSilent() {
        return isSilent;
    }

    /// Whether the run goes on, and asking again joins it.
    synchronized boolean isPassing() {
        return failure != null && failure.isPassing();
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /// This replica cannot follow it any longer.
    synchronized void stop() {
        fail(Unanswered.stopping(run.id()));
    }

    /// The client has waited for as long as a connection may be silent.
    synchronized void tooLong() {
        fail(Unanswered.goesOn(run.id()));
    }

    @Override
    public synchronized void delta(int of, int offset, String text) {
        if (of <= after || isOver()) {
            return;
        }
        if (of != step || offset == 0) {
            step = of;
            told.setLength(0);
        }
        if (offset <= told.length() && offset + text.length() > told.length()) {
            told.append(text, told.length() - offset, text.length());
        }
        if (!isHeld && (!callsTools || told.length() > HELD)) {
            show(told.toString(), false);
        }
    }

    /// What is told from its beginning now has to begin with what was shown, see [#show].
    @Override
    public synchronized void reset(int of) {
        told.setLength(0);
    }

    @Override
    public synchronized void event(RunEvent event) {
        if (isOver()) {
            return;
        }
        switch (event.type()) {
            case STEP_STARTED -> started(event.step(), step(event));
            case STEP_SUCCEEDED, STEP_FAILED -> ended(event, step(event));
            case RUN_WAITING -> waits(event);
            case RUN_CLAIMED -> isWaiting = false;
            case RUN_SUCCEEDED ->
                succeeded(Json.read(event.data()).path("output").asText());
            case RUN_FAILED ->
                fail(Unanswered.failed(run.id(), Json.read(event.data()).path("error")));
            case RUN_CANCELLED -> fail(Unanswered.cancelled(run.id()));
            case RUN_CREATED, RUN_RELEASED, STEP_UNKNOWN -> {}
        }
    }

    private static JsonNode step(RunEvent event) {
        return Json.read(event.data()).path("step");
    }

    private void started(int number, JsonNode started) {
        String approval = started.path("input").path("approval").asText("");
        boolean isClients = started.path("kind").asText().equals(ClientTools.KIND);
        if (!approval.isEmpty() && !isClients) {
            asked.put(number, approval);
        }
        if (isClients && wanted.remove(started.path("call").asText())) {
            calls.add(new Reply.Call(
                    new Place(run.id(), number),
                    started.path("name").asText(),
                    started.path("input").path("arguments").asText()));
            if (wanted.isEmpty()) {
                reply.calls(calls);
                end(Reply.Finish.TOOL_CALLS);
            }
        }
    }

    private void ended(RunEvent event, JsonNode ended) {
        asked.remove(event.step());
        if (event.step() <= after) {
            return;
        }
        var usage = ended.path("usage");
        input += usage.path("inputTokens").asLong();
        cached += usage.path("cachedTokens").asLong();
        output += usage.path("outputTokens").asLong();
        if (ended.path("kind").asText().equals("model") && event.type() == EventType.STEP_SUCCEEDED) {
            answered(ended.path("output"));
        }
    }

    private void answered(JsonNode answer) {
        finish = answer.path("finish").asText().equals("length") ? Reply.Finish.LENGTH : Reply.Finish.STOP;
        var requested = answer.path("toolCalls");
        if (requested.isEmpty()) {
            return;
        }
        requested.forEach(call -> {
            if (options.has(call.path("name").asText())) {
                wanted.add(call.path("id").asText());
            }
        });
        String text = answer.path("text").asText();
        if (!wanted.isEmpty()) {
            show(text, true);
        } else if (!text.isEmpty() && !isHeld && (!callsTools || text.length() > HELD)) {
            show(text, true);
            reply.text("\n\n");
            shown.setLength(0);
        }
    }

    private void succeeded(String answer) {
        show(answer, true);
        end(finish);
    }

    /// A text as far as it is known. After a takeover it is told again, and may have become another.
    private void show(String text, boolean isWhole) {
        int known = shown.length();
        if (text.startsWith(shown.toString())) {
            if (text.length() > known) {
                String added = text.substring(known);
                shown.append(added);
                reply.text(added);
                isSilent = false;
                begun.countDown();
            }
        } else if (isWhole || !shown.toString().startsWith(text)) {
            fail(Unanswered.begunAgain(run.id()));
        }
    }

    private void waits(RunEvent event) {
        var reason = WaitingReason.of(Json.read(event.data()).path("reason").asText());
        switch (reason) {
            case APPROVAL, OUTCOME_UNKNOWN, PAUSED -> waits(reason);
            case CLIENT, SIGNAL, RUN, TIMER -> {}
        }
    }

    private void waits(WaitingReason reason) {
        int now = ++waits;
        isWaiting = true;
        Thread.startVirtualThread(() -> {
            try {
                over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            stillWaits(now, reason);
        });
    }

    private synchronized void stillWaits(int since, WaitingReason reason) {
        if (isWaiting && waits == since) {
            fail(
                    reason == WaitingReason.PAUSED
                            ? Unanswered.paused(run.id())
                            : Unanswered.waits(run.id(), List.copyOf(asked.values())));
        }
    }

    private void end(Reply.Finish why) {
        if (!isOver()) {
            reply.end(new Reply.Ending(why, input, cached, output));
            over.countDown();
            begun.countDown();
        }
    }

    private void fail(Unanswered why) {
        if (!isOver()) {
            failure = why;
            reply.fail(why);
            over.countDown();
            begun.countDown();
        }
    }

    @Override
    public void running(String step) {}

    @Override
    public void ended() {}
}
