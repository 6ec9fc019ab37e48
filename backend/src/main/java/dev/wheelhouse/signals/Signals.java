package dev.wheelhouse.signals;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.states.States;
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

    /// It becomes the output of a state, which is as long at most.
    private static final int LARGEST = 256 * 1024;

    /// A signal as it was sent.
    ///
    /// @param isTaken a state has taken it; else it is kept
    public record Signal(UUID id, RunId run, String name, boolean isTaken) {}

    private final Database database;
    private final SignalRepository signals;
    private final AllSignalsRepository all;
    private final Runs runs;
    private final Questions questions;
    private final Recurring rounds;

    Signals(
            Database database,
            SignalRepository signals,
            AllSignalsRepository all,
            Runs runs,
            Questions questions,
            Clock clock) {
        this.database = database;
        this.signals = signals;
        this.all = all;
        this.runs = runs;
        this.questions = questions;
        rounds = Recurring.startLater(clock, "deliver-signals", PAUSE, DatabaseException::isAway, this::deliver);
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
        String text = Text.storable(body);
        if (database.as(tenant, () -> signals.add(id, run.value(), name, text, key)) == 0) {
            return again(tenant, run, name, text, String.valueOf(key));
        }
        deliver();
        return new Signal(id, run, name, database.as(tenant, () -> signals.existsByIdAndQuestionIsNotNull(id)));
    }

    private Signal again(TenantId tenant, RunId run, String name, String text, String key) {
        var first = database.as(tenant, () -> signals.findByRunAndKey(run.value(), key))
                .orElseThrow();
        if (!first.name().equals(name) || !first.body().equals(text)) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "The idempotency key \"%s\" was used for another signal".formatted(key),
                    "Use a new key for a new signal");
        }
        return new Signal(first.id(), run, name, first.isTaken());
    }

    private void check(TenantId tenant, RunId id, String name, String body) {
        var run = runs.get(tenant, id);
        if (!Definitions.NAME.matcher(name).matches()) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"%s\" is not the name of a signal".formatted(Text.shorten(name, 70)),
                    Definitions.NAME_HINT);
        }
        if (!run.program().kind().equals(States.KIND)) {
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
        if (body.length() > LARGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The signal has %,d characters; the limit is %,d".formatted(body.length(), LARGEST),
                    "Send the name of what it is about");
        }
        if (database.as(tenant, () -> signals.countByRunAndQuestionIsNull(id.value())) >= MOST_KEPT) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" has %,d signals that nobody has taken".formatted(id, MOST_KEPT),
                    "Wait until it has taken some");
        }
    }

    /// Says whether there may be more.
    private boolean deliver() {
        int chosen = choose();
        for (var signal : database.asEngine(all::chosen)) {
            String answer = "{\"decision\":\"approve\",\"signal\":%s}".formatted(signal.body());
            var tenant = new TenantId(signal.tenant());
            if (!questions.answer(tenant, signal.question(), Questions.State.APPROVED, answer, null)) {
                database.asEngine(() -> all.release(signal.tenant(), signal.id(), signal.question()));
            }
        }
        return chosen > 0;
    }

    private int choose() {
        try {
            return database.asEngine(all::choose);
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
