package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// People do everything at once to the runs of a few threads, over two replicas, while leases run out under steps. The
/// seed is in every message.
@Tag("slow")
class SteeringStormTest {

    private static final int PEOPLE = 8;
    private static final int ACTIONS = 60;

    private final String url = TestDatabase.fresh();
    private final long seed = Long.getLong("storm.seed", System.nanoTime() & 0xFFFF);
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Run> runs = new ConcurrentLinkedQueue<>();

    private final Program program = TestPrograms.chain(3, Effect.KEYED, step -> {
        done.computeIfAbsent(step.idempotencyKey(), key -> new AtomicInteger()).incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(step.step() * 3L).toNanos());
        return Outcome.of("" + step.step());
    });

    @Test
    void no_run_is_lost_or_stuck_and_no_thread_has_two_at_once() throws Exception {
        try (var one = new TestReplica(url, program);
                var two = new TestReplica(url, program)) {
            var threads = new ArrayList<Run>();
            for (int n = 0; n < 4; n++) {
                threads.add(one.ended(one.start("t" + n)));
            }
            var people = new ArrayList<Thread>();
            for (int person = 0; person < PEOPLE; person++) {
                var random = new Random(seed + person);
                people.add(Thread.ofVirtual().start(() -> {
                    for (int action = 0; action < ACTIONS; action++) {
                        act(random, random.nextBoolean() ? one : two, threads);
                    }
                }));
            }
            for (var person : people) {
                person.join();
            }
            settle(one);
        }
        assertThat(TestDatabase.query(url, "SELECT count(*) FROM runs WHERE ended_at IS NULL OR behind"))
                .as("seed " + seed)
                .isEqualTo("0");
        assertThat(TestDatabase.query(url, """
                SELECT count(*) FROM runs r WHERE seq <> (SELECT count(*) FROM log l WHERE l.run = r.id)
                   OR seq <> (SELECT max(l.seq) FROM log l WHERE l.run = r.id)""")).as("gaps, seed " + seed).isEqualTo("0");
        assertThat(TestDatabase.query(url, """
                SELECT count(*) FROM (SELECT run, step FROM log WHERE type IN ('step.succeeded', 'step.failed')
                  GROUP BY run, step HAVING count(*) > 1) twice""")).as("steps twice, seed " + seed).isEqualTo("0");
        assertThat(TestDatabase.query(url, """
                SELECT count(*) FROM log a JOIN runs ra ON ra.id = a.run
                JOIN runs rb ON rb.thread = ra.thread AND rb.id <> ra.id
                JOIN events b ON b.run = rb.id AND b.type = 'run.claimed' AND b.seq = 2
                WHERE a.type = 'step.succeeded' AND a.at > b.at AND rb.created_at > ra.created_at AND a.at < rb.ended_at
                  AND ra.ended_at > b.at""")).as("two at once, seed " + seed).isEqualTo("0");
        assertThat(runs).as("seed " + seed).hasSizeGreaterThan(50);
    }

    private void act(Random random, TestReplica replica, List<Run> threads) {
        var thread = threads.get(random.nextInt(threads.size()));
        var known = List.copyOf(runs);
        var some =
                known.isEmpty() ? thread : known.get(Math.max(0, known.size() - 1 - random.nextInt(20) % known.size()));
        try {
            switch (random.nextInt(9)) {
                case 0 -> runs.add(replica.runs.start(wanted(thread, NewRun.WhenBusy.REJECT, null, null)));
                case 1, 2, 3 -> runs.add(replica.runs.start(wanted(thread, NewRun.WhenBusy.QUEUE, null, null)));
                case 4 -> runs.add(replica.runs.start(wanted(thread, NewRun.WhenBusy.INTERRUPT, null, null)));
                case 5 -> replica.runs.pause(TENANT, some.id());
                case 6 -> replica.runs.resume(TENANT, some.id());
                case 7 -> replica.runs.cancel(TENANT, some.id());
                default -> retry(replica, some);
            }
        } catch (Problem e) {
            assertThat(e.code())
                    .as(e.message())
                    .isIn(ErrorCode.THREAD_BUSY, ErrorCode.NOT_PAUSABLE, ErrorCode.CONFLICT);
        }
        if (random.nextInt(6) == 0) {
            TestDatabase.execute(
                    url,
                    "UPDATE runs SET due_at = now() WHERE state = 'running' AND NOT paused AND id = '" + some.id()
                            + "'");
        }
    }

    private void retry(TestReplica replica, Run some) {
        var origin = replica.runs.get(TENANT, some.id());
        if (origin.state().isEnded()) {
            runs.add(replica.runs.start(wanted(
                    origin,
                    NewRun.WhenBusy.QUEUE,
                    new Run.Origin(origin.id(), 2, Run.Origin.RETRY),
                    new NewRun.Keep(Set.of(1), Map.of(), true))));
        }
    }

    private static NewRun wanted(Run in, NewRun.WhenBusy whenBusy, Run.Origin origin, NewRun.Keep keep) {
        return NewRun.of(TENANT, new Program.Pin("agent", "test", 1), "[]")
                .thread(in.thread())
                .madeFrom(origin)
                .whenBusy(whenBusy)
                .keep(keep)
                .build();
    }

    /// What is still paused is resumed; then all come to their ends.
    private void settle(TestReplica replica) throws InterruptedException {
        for (var run : runs) {
            try {
                replica.runs.resume(TENANT, run.id());
            } catch (Problem ended) {
                assertThat(ended.code()).isEqualTo(ErrorCode.NOT_PAUSABLE);
            }
        }
        for (var run : runs) {
            assertThat(replica.ended(run).state().isEnded())
                    .as("seed %d: %s", seed, replica.runs.get(TENANT, run.id()))
                    .isTrue();
        }
    }
}
