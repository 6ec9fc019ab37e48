package dev.wheelhouse.runs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.simulation.Host;
import dev.wheelhouse.simulation.SimulatedClock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A replica in the simulation: the engine as it is in production, on a simulated computer. Requests come in as they
/// would over HTTP, and are lost where it dies under them.
final class SimulatedReplica {

    private final Host host;
    private final SimulatedClock clock;
    private final SimulatedStore store;
    private final SimulatedHints hints;
    private final RunWriter writer;
    private final Engine engine;
    private boolean leaves;

    SimulatedReplica(Simulation simulation, Host host) {
        this.host = host;
        var world = simulation.world();
        clock = new SimulatedClock(world, host);
        store = new SimulatedStore(
                world,
                host,
                clock,
                simulation.database(),
                simulation.trouble(),
                simulation.laws(),
                () -> simulation.kill(this));
        hints = new SimulatedHints(world, clock, simulation.flavour().lostHints(), () -> simulation.othersThan(this));
        writer = new RunWriter(store, simulation.flavour().config(), clock);
        var live = new LiveRuns(store);
        Program.Source programs = run -> simulation.program(run, this);
        engine = new Engine(
                store,
                writer,
                live,
                simulation.flavour().config(),
                hints,
                clock,
                () -> programs,
                List.of(simulation.laws()));
    }

    Host host() {
        return host;
    }

    SimulatedClock clock() {
        return clock;
    }

    boolean takesRequests() {
        return !leaves && !host.isDead();
    }

    void hear(Hints.Heard said) {
        hints.hear(said);
    }

    /// Leaves as on SIGTERM; `gone` when it is.
    void leave(Runnable gone) {
        leaves = true;
        clock.start("stop", () -> {
            try {
                engine.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            gone.run();
        });
    }

    /// What [Runs#start] does. Answers with the run, empty where it was refused; does not answer where it failed.
    void start(NewRun wanted, RunId id, Consumer<Optional<RunId>> answer) {
        request(() -> wanted.isPlain() ? start(wanted, id) : startBehind(wanted, id), answer);
    }

    private Optional<RunId> start(NewRun wanted, RunId id) {
        boolean begun = engine.hasRoom();
        long sentAt = clock.nanoTime();
        var thread = wanted.thread() == null ? id.value() : wanted.thread();
        var creation =
                Creation.of(wanted, id, thread, begun, engine.parts().config().lease());
        var at = writer.create(creation);
        if (at == null) {
            return store.find(String.valueOf(wanted.idempotencyKey()));
        }
        if (begun) {
            var run = creation.written(host.name(), at);
            engine.begin(run, new RunEvent(id, 1, at, EventType.RUN_CREATED, 0, creation.data()), sentAt);
        } else {
            hints.queued();
        }
        return Optional.of(id);
    }

    private Optional<RunId> startBehind(NewRun wanted, RunId id) {
        var thread = wanted.thread() == null ? id.value() : wanted.thread();
        if (writer.create(Creation.of(
                        wanted, id, thread, false, engine.parts().config().lease()))
                == null) {
            return store.find(String.valueOf(wanted.idempotencyKey()));
        }
        if (wanted.whenBusy() == NewRun.WhenBusy.INTERRUPT) {
            store.open(thread, id).forEach(this::cancel);
        }
        wakeAll();
        return Optional.of(id);
    }

    /// What [Runs#cancel] does.
    void cancel(RunId run, Consumer<Boolean> answer) {
        request(
                () -> {
                    cancel(run);
                    return true;
                },
                answer);
    }

    private void cancel(RunId run) {
        if (store.cancel(run).orElse(false)) {
            engine.cancel(run);
        } else {
            wakeAll();
        }
        store.called(run).forEach(this::cancel);
    }

    /// What a step does that stops the run which another step has called.
    void stop(String idempotencyKey) {
        store.find(idempotencyKey).ifPresent(this::cancel);
    }

    void pause(RunId run, Consumer<Boolean> answer) {
        request(
                () -> {
                    boolean isOpen = store.pause(run);
                    engine.pause(run);
                    return isOpen;
                },
                answer);
    }

    void resume(RunId run, Consumer<Boolean> answer) {
        request(
                () -> {
                    boolean isOpen = store.resume(run);
                    wakeAll();
                    return isOpen;
                },
                answer);
    }

    /// Answers with whether this word was the one that counts.
    void answer(RunId run, UUID question, String state, String word, Consumer<Boolean> answer) {
        request(
                () -> {
                    boolean counts = store.answer(run, question, state, word);
                    engine.parts().nudge(run);
                    return counts;
                },
                answer);
    }

    private void wakeAll() {
        engine.parts().wakeAll();
    }

    private <T> void request(Supplier<T> work, Consumer<T> answer) {
        clock.start("request", () -> {
            @Nullable T result;
            try {
                result = work.get();
            } catch (Problem | DatabaseException | LostRunException e) {
                return;
            }
            answer.accept(result);
        });
    }
}
