package dev.wheelhouse.workflows;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Messages to runs. A signal is kept until a state of its run waits for it, and is then taken once: the oldest of its
/// name first.
///
/// It is chosen for the question by which the state waits before it answers it; who dies in between leaves it
/// chosen, and the next round answers. Rounds are what counts; that a signal comes only makes the next one
/// come sooner.
@Context
public final class Signals implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_KEPT = 1_000;

    /// A signal as it was sent.
    ///
    /// @param isTaken a state has taken it; else it is kept
    public record Signal(UUID id, RunId run, String name, boolean isTaken) {}

    private final SignalStore store;
    private final Runs runs;
    private final Questions questions;
    private final Recurring rounds;

    Signals(SignalStore store, Runs runs, Questions questions, Clock clock) {
        this.store = store;
        this.runs = runs;
        this.questions = questions;
        rounds = Recurring.start(clock, "deliver-signals", PAUSE, DatabaseException::isAway, this::deliver);
    }

    /// Sends a signal to a run. Sent again with the same idempotency key, it is the same signal.
    ///
    /// Refuses with `not_found` (run), `bad_request` (name, or a run that waits for none), `conflict` where
    /// the run has ended or the key was used for another signal, and `too_large`.
    ///
    /// @param body JSON text, at most 256 KiB
    public Signal send(TenantId tenant, RunId run, String name, String body, @Nullable String key) {
        check(tenant, run, name, body);
        var id = Ids.next();
        if (!store.add(tenant, id, run, name, Text.storable(body), key)) {
            var first = store.sent(tenant, run, String.valueOf(key)).orElseThrow();
            if (!first.name().equals(name) || !first.body().equals(Text.storable(body))) {
                throw new Problem(
                        ErrorCode.CONFLICT,
                        "The idempotency key \"%s\" was used for another signal".formatted(key),
                        "Use a new key for a new signal");
            }
            return new Signal(first.id(), run, name, first.isTaken());
        }
        deliver();
        return new Signal(id, run, name, store.isTaken(tenant, id));
    }

    private void check(TenantId tenant, RunId id, String name, String body) {
        var run = runs.get(tenant, id);
        if (!Definitions.NAME.matcher(name).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is not the name of a signal".formatted(Text.shorten(name, 70)),
                    Definitions.NAME_HINT);
        }
        if (!run.program().kind().equals(Workflows.KIND)) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "Run \"%s\" is of kind \"%s\", which waits for no signals"
                            .formatted(id, run.program().kind()),
                    "Send it to a run of a workflow");
        }
        if (run.state().isEnded()) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" has %s".formatted(id, run.state().word()),
                    "Start another run");
        }
        if (body.length() > Ended.LARGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The signal has %,d characters; the limit is %,d".formatted(body.length(), Ended.LARGEST),
                    "Send the name of what it is about");
        }
        if (store.kept(tenant, id) >= MOST_KEPT) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" has %,d signals that nobody has taken".formatted(id, MOST_KEPT),
                    "Wait until it has taken some");
        }
    }

    /// Says whether there may be more.
    private boolean deliver() {
        int chosen = choose();
        for (var signal : store.chosen()) {
            String answer = "{\"decision\":\"approve\",\"signal\":%s}".formatted(signal.body());
            if (!questions.answer(signal.tenant(), signal.question(), Questions.State.APPROVED, answer, null)) {
                store.release(signal);
            }
        }
        return chosen > 0;
    }

    private int choose() {
        try {
            return store.choose();
        } catch (DatabaseException e) {
            if (e.isDuplicate()) {
                // Another replica has chosen for the same question.
                return 1;
            }
            throw e;
        }
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        rounds.close();
    }
}
