package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.SystemClock;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Semaphore;

/// The engine alone: a store that agrees at once, works that do nothing. In the engine's package, because nobody else
/// may put it together by hand.
public final class EngineSteps implements AutoCloseable {

    private static final int STEPS = 3;
    private static final Outcome DONE = Outcome.of("{\"text\":\"17 * 23 is 391.\"}");

    private final Semaphore ended = new Semaphore(0);
    private final Clock clock = new SystemClock();
    private final Hints hints = (Hints) Proxy.newProxyInstance(
            Hints.class.getClassLoader(), new Class<?>[] {Hints.class}, (proxy, method, arguments) -> usual(method));
    private final EngineStore store = (EngineStore) Proxy.newProxyInstance(
            EngineStore.class.getClassLoader(),
            new Class<?>[] {EngineStore.class},
            (proxy, method, arguments) -> answer(method, arguments));
    private final RunsConfig config = new RunsConfig(Duration.ofSeconds(8), Duration.ofSeconds(5), 256, Duration.ZERO);
    private final RunWriter writer = new RunWriter(store, config, clock);
    private final Engine engine = new Engine(
            store,
            writer,
            new LiveRuns(store),
            config,
            hints,
            clock,
            () -> run -> EngineSteps::next,
            List.of(new Listener()));

    private final class Listener implements RunListener {
        @Override
        public void ended(Run run, RunState state, Duration age) {
            ended.release();
        }
    }

    private static Next next(History history) {
        int done = history.steps().size();
        return done == STEPS
                ? new Next.Succeed("17 * 23 is 391.")
                : new Next.Steps(List.of(new PlannedStep(
                        done + 1,
                        "tool",
                        "calculator",
                        null,
                        Effect.READ,
                        "{\"expression\":\"17 * 23\"}",
                        new PlannedStep.Action.Execute(context -> DONE))));
    }

    private static Object answer(Method method, Object[] arguments) {
        if (method.getName().equals("commit")) {
            var written = new HashMap<RunId, EngineStore.Written>();
            ((Collection<?>) arguments[0])
                    .forEach(commit ->
                            written.put(((Commit) commit).run(), new EngineStore.Written(Instant.EPOCH, false)));
            return written;
        }
        // Whoever says that threads were freed is asked again without a pause.
        return method.getName().equals("free") ? (Object) 0 : usual(method);
    }

    private static Object usual(Method method) {
        Class<?> type = method.getReturnType();
        if (type == EngineStore.Claim.class) {
            return new EngineStore.Claim(List.of(), null);
        }
        return type == int.class
                ? (Object) 1
                : type == List.class ? List.of() : type == String.class ? "r-bench" : null;
    }

    /// Runs of three steps, 64 at once; returns how many steps that were.
    public int run(int runs) throws InterruptedException {
        for (int begun = 0; begun < runs; begun++) {
            if (begun >= 64) {
                ended.acquire();
            }
            var wanted = NewRun.of(TenantId.DEFAULT, new Program.Pin("agent", "bench", 1), "[]").build();
            var id = RunId.next();
            var run = Creation.of(wanted, id, id.value(), true, config.lease()).written("r-bench", Instant.EPOCH);
            engine.begin(
                    run, new RunEvent(id, 1, Instant.EPOCH, EventType.RUN_CREATED, 0, "{\"input\":[]}"), clock.nanoTime());
        }
        ended.acquire(Math.min(runs, 64));
        return runs * STEPS;
    }

    @Override
    public void close() throws InterruptedException {
        engine.close();
    }
}
