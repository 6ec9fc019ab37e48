package dev.wheelhouse.runs;

import static dev.wheelhouse.runs.TestReplica.TENANT;
import static dev.wheelhouse.runs.TwinAnswers.STEP;
import static dev.wheelhouse.runs.TwinAnswers.answer;
import static dev.wheelhouse.runs.TwinAnswers.byRun;
import static dev.wheelhouse.runs.TwinAnswers.ids;
import static dev.wheelhouse.runs.TwinAnswers.letter;
import static dev.wheelhouse.runs.TwinAnswers.read;
import static dev.wheelhouse.runs.TwinAnswers.standing;
import static dev.wheelhouse.runs.TwinAnswers.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The tables of the simulation do what Postgres does: the same statements, drawn at random, are sent to both, and
/// after each of them answers, rows and logs are the same. Times are long, so that only whether something is due
/// counts.
class EngineStoreTwinsTest {

    private static final int SEQUENCES = 12;
    private static final int STATEMENTS = 80;
    private static final long LEASE = 100_000;
    private static final List<String> KINDS = List.of("agent", "other");
    private static final RunsConfig IDLE =
            new RunsConfig(Duration.ofMillis(LEASE), Duration.ofDays(1), 0, Duration.ZERO);

    /// After a commit; ends are rarer than in their fair share, so that runs live to see something.
    private static final List<EventType> TYPES =
            List.of(EventType.STEP_STARTED, EventType.STEP_STARTED, EventType.STEP_SUCCEEDED, EventType.STEP_FAILED);
    private static final List<RunState> STATES = List.of(
            RunState.RUNNING,
            RunState.RUNNING,
            RunState.RUNNING,
            RunState.WAITING,
            RunState.WAITING,
            RunState.WAITING,
            RunState.WAITING,
            RunState.QUEUED,
            RunState.SUCCEEDED,
            RunState.FAILED,
            RunState.CANCELLED);

    private final String url = TestDatabase.fresh();

    @Test
    void memory_and_postgres_answer_alike() throws Exception {
        try (var postgres = new TestReplica(url, run -> history -> new Next.Succeed(""), IDLE)) {
            for (int seed = 1; seed <= SEQUENCES; seed++) {
                TestDatabase.execute(url, "TRUNCATE runs, events, questions");
                new Twins(postgres, seed).compare();
            }
        }
    }

    private final class Twins {

        private final TestReplica postgres;
        private final RunStore requests;
        private final Random random;
        private final int seed;
        private final MemoryTables memory = new MemoryTables(this::nextId);
        private final List<RunId> runs = new ArrayList<>();
        private final List<Creation> creations = new ArrayList<>();
        private final List<Commit> commits = new ArrayList<>();
        private @Nullable UUID wantedId;
        private Instant now = Instant.parse("2030-01-01T00:00:00Z");
        private long ids;
        private String what = "";

        Twins(TestReplica postgres, int seed) {
            this.postgres = postgres;
            this.requests = new RunStore(postgres.database);
            this.random = new Random(seed);
            this.seed = seed;
        }

        private UUID nextId() {
            return wantedId == null ? new UUID(++ids, Long.MIN_VALUE) : wantedId;
        }

        void compare() {
            for (int count = 0; count < STATEMENTS; count++) {
                statement();
                assertThat(inPostgres())
                        .as("seed %d, statement %d: %s", seed, count, what)
                        .isEqualTo(inMemory());
            }
        }

        private void statement() {
            switch (random.nextInt(15)) {
                case 0, 1 -> create(false);
                case 2 -> create(true);
                case 3, 4, 5 -> commit();
                case 6, 7 -> claim();
                case 8 -> renew();
                case 9 -> both("free", () -> postgres.store.free(), () -> memory.free(now));
                case 10 -> ask();
                case 11 -> decide();
                case 12 -> request();
                case 13 -> lookUp();
                default -> pass();
            }
        }

        private <T> void both(String name, Supplier<T> there, Supplier<T> here) {
            what = name;
            assertThat(answer(there)).as("seed %d, answer to %s", seed, name).isEqualTo(answer(here));
        }

        private RunId any() {
            return runs.get(random.nextInt(runs.size()));
        }

        private void create(boolean behind) {
            var id = new UUID(++ids, Long.MIN_VALUE);
            var thread = runs.isEmpty() || random.nextBoolean()
                    ? id
                    : memory.runs.get(any()).thread();
            var parent =
                    runs.isEmpty() || random.nextInt(3) > 0 ? null : new Run.Parent(any(), 1 + random.nextInt(3), 1);
            boolean begun = !behind && random.nextBoolean();
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            var wanted = NewRun.of(TENANT, new Program.Pin(kind, "a", 1), "[]")
                    .thread(thread)
                    .idempotencyKey(random.nextInt(4) == 0 ? "key-" + random.nextInt(4) : null)
                    .whenBusy(behind ? NewRun.WhenBusy.values()[random.nextInt(3)] : NewRun.WhenBusy.REJECT);
            if (parent != null) {
                wanted.calledBy(parent);
            }
            var creation = new Creation(
                    wanted.build(),
                    new RunId(id),
                    thread,
                    begun ? 1 : 0,
                    begun ? LEASE : 0,
                    "r",
                    "{\"input\":[]}",
                    behind && random.nextBoolean() ? List.of(entry(EventType.STEP_SUCCEEDED, 1)) : List.of());
            var one = List.of(creation);
            wantedId = id;
            if (behind) {
                both(
                        "create behind " + creation,
                        () -> postgres.store.createBehind(one).keySet(),
                        () -> memory.createBehind(one, now).keySet());
            } else {
                both("create " + creation, () -> postgres.store.create(one).keySet(), () -> memory.create(
                                one, postgres.store.replica(), now)
                        .keySet());
            }
            wantedId = null;
            creations.add(creation);
            if (memory.runs.containsKey(creation.run())) {
                runs.add(creation.run());
            }
        }

        private static Commit.Entry entry(EventType type, int step) {
            return new Commit.Entry(type, step, "{\"ms\":0,\"output\":{\"text\":\"x\"}}");
        }

        /// Mostly what an owner would say, now and then what an owner of the past would.
        private void commit() {
            if (runs.isEmpty()) {
                return;
            }
            var row = memory.runs.get(any());
            boolean stale = random.nextInt(4) == 0;
            var state = STATES.get(random.nextInt(STATES.size()));
            var entries =
                    new ArrayList<>(List.of(entry(TYPES.get(random.nextInt(TYPES.size())), 1 + random.nextInt(3))));
            entries.add(
                    state.isEnded()
                            ? new Commit.Entry(EventType.endOf(state), 0, "{\"output\":\"x\",\"error\":{}}")
                            : entry(EventType.STEP_SUCCEEDED, 1 + random.nextInt(3)));
            var reason = List.of(WaitingReason.TIMER, WaitingReason.APPROVAL, WaitingReason.PAUSED)
                    .get(random.nextInt(3));
            var commit = new Commit(
                    TENANT,
                    row.id,
                    row.creation.parent(),
                    stale ? row.epoch - 1 : row.epoch,
                    stale && random.nextBoolean() ? row.seq - 1 : row.seq,
                    entries,
                    state,
                    state == RunState.QUEUED
                            ? Duration.ZERO
                            : reason == WaitingReason.TIMER ? Duration.ofSeconds(100) : null,
                    state == RunState.WAITING ? new Run.Waiting(reason, null, 1) : null,
                    1,
                    Usage.NONE,
                    random.nextBoolean());
            commits.add(commit);
            both(
                    "commit " + commit,
                    () -> told(postgres.store.commit(List.of(commit), LEASE)),
                    () -> told(memory.commit(List.of(commit), LEASE, now)));
        }

        private void claim() {
            var kinds = random.nextBoolean() ? null : Set.of(KINDS.get(random.nextInt(KINDS.size())));
            both("claim of " + kinds, () -> told(postgres.store.claim(50, kinds, LEASE)), () -> {
                var next = memory.nextLease(kinds, now);
                var due = memory.due(50, kinds, Set.of(), now);
                return told(new EngineStore.Claim(memory.take(due, postgres.store.replica(), LEASE, now), next));
            });
        }

        private void renew() {
            var epochs = new LinkedHashMap<RunId, Integer>();
            var owners = new ArrayList<Run>();
            for (var row : memory.runs.values()) {
                int epoch = random.nextInt(4) == 0 ? row.epoch - 1 : row.epoch;
                var owned = Creation.of(wanted(), row.id, row.thread(), true, Duration.ofMillis(LEASE))
                        .written("x", now);
                owners.add(withEpoch(owned, epoch));
                epochs.put(row.id, epoch);
            }
            both(
                    "renew " + epochs,
                    () -> byRun(postgres.store.renew(owners, LEASE)),
                    () -> byRun(memory.renew(epochs, LEASE, now)));
        }

        private static NewRun wanted() {
            return TestReplica.wanted("x");
        }

        private static Run withEpoch(Run run, int epoch) {
            return new Run(
                    run.id(),
                    run.tenant(),
                    run.program(),
                    run.thread(),
                    run.request(),
                    run.lineage(),
                    run.status(),
                    new Run.Place(null, epoch),
                    run.totals(),
                    run.times());
        }

        private void ask() {
            if (runs.isEmpty()) {
                return;
            }
            var row = memory.runs.get(any());
            var asked = new Question(
                    TENANT,
                    row.id,
                    random.nextInt(4) == 0 ? row.epoch - 1 : row.epoch,
                    1 + random.nextInt(3),
                    1 + random.nextInt(2),
                    "tool",
                    "{\"tool\":\"t\"}",
                    false,
                    random.nextBoolean() ? 100_000L : null,
                    "{\"decision\":\"expired\"}");
            both(
                    "ask " + asked,
                    () -> standing(postgres.store.ask(List.of(asked))),
                    () -> standing(memory.ask(List.of(asked), now)));
        }

        /// Both draw ids of their own for questions; the run, the step and the round name them as well.
        private void decide() {
            if (memory.questions.isEmpty()) {
                return;
            }
            var rows = List.copyOf(memory.questions.values());
            var row = rows.get(random.nextInt(rows.size()));
            var there = UUID.fromString(TestDatabase.query(
                    url,
                    "SELECT id FROM questions WHERE run = '%s' AND step = %d AND round = %d"
                            .formatted(row.asked.run(), row.asked.step(), row.asked.round())));
            String word = "{\"decision\":\"approve\",\"by\":\"" + random.nextInt() + "\"}";
            both(
                    "decide " + row.asked,
                    () -> TestQuestions.answer(postgres.database, TENANT, there, word),
                    () -> memory.answer(row.id, "approved", word, now));
        }

        private void request() {
            if (runs.isEmpty()) {
                return;
            }
            var run = any();
            switch (random.nextInt(3)) {
                case 0 -> both("cancel " + run, () -> requests.cancel(TENANT, run), () -> memory.cancel(run, now));
                case 1 -> {
                    what = "pause " + run;
                    requests.pause(TENANT, run);
                    memory.pause(run, now);
                }
                default -> {
                    what = "resume " + run;
                    requests.resume(TENANT, run);
                    memory.resume(run, now);
                }
            }
        }

        private void lookUp() {
            if (runs.isEmpty() || commits.isEmpty()) {
                return;
            }
            var run = any();
            int step = 1 + random.nextInt(3);
            both(
                    "children of " + run,
                    () -> ids(postgres.store.children(TENANT, run, List.of(step, 3))),
                    () -> ids(memory.children(run, List.of(step, 3))));
            var claimed = Stream.of(run, any())
                    .distinct()
                    .map(one -> memory.runs.get(one).run())
                    .toList();
            both("logs", () -> read(postgres.store.logs(claimed)), () -> {
                var logs = new HashMap<RunId, List<EngineStore.Stored>>();
                claimed.forEach(one -> logs.put(one.id(), memory.log(one.id())));
                return read(logs);
            });
            both("created", () -> postgres.store.created(creations).keySet(), () -> memory.created(creations)
                    .keySet());
            var last = List.of(commits.getLast());
            both("written", () -> postgres.store.written(last).keySet(), () -> memory.written(last)
                    .keySet());
        }

        /// Time passes: here the clock goes on, there everything comes nearer.
        private void pass() {
            what = "time";
            now = now.plus(STEP);
            String step = " - interval '" + STEP.toSeconds() + " s'";
            TestDatabase.execute(
                    url,
                    "UPDATE runs SET due_at = due_at" + step + ", look_at = greatest(look_at" + step
                            + ", least(look_at, now()))");
            TestDatabase.execute(url, "UPDATE questions SET expires_at = expires_at" + step);
        }

        private String inPostgres() {
            return TestDatabase.query(url, """
                    SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM (
                      SELECT concat_ws(' ', id, state, epoch, seq, coalesce(waiting, '-'), ended_at IS NOT NULL, cancel,
                        nudged, paused, behind, CASE WHEN due_at IS NULL THEN 'never'
                          WHEN due_at <= now() + interval '20 s' THEN 'due' ELSE 'later' END,
                        (SELECT string_agg(concat_ws(',', e.seq, e.type, coalesce(e.step, 0), e.data), ' ' ORDER BY e.seq)
                          FROM log e WHERE e.run = r.id)) AS line FROM runs r
                      UNION ALL
                      SELECT concat_ws(' ', 'asked', run, step, round, state, coalesce(answer, '-')) FROM questions) AS l""");
        }

        private String inMemory() {
            var lines = new ArrayList<String>();
            for (var row : memory.runs.values()) {
                String due = row.dueAt == null ? "never" : row.dueAt.isAfter(now.plusSeconds(20)) ? "later" : "due";
                var line = new StringBuilder("%s %s %d %d %s %s %s %s %s %s %s"
                        .formatted(
                                row.id,
                                row.state.word(),
                                row.epoch,
                                row.seq,
                                row.waiting == null ? "-" : row.waiting.reason().word(),
                                letter(row.endedAt != null),
                                letter(row.cancel),
                                letter(row.nudged),
                                letter(row.paused),
                                letter(row.behind),
                                due));
                row.log()
                        .forEach(e -> line.append(
                                " %d,%s,%d,%s".formatted(e.seq(), e.type().word(), e.step(), e.data())));
                lines.add(line.toString());
            }
            for (var row : memory.questions.values()) {
                lines.add("asked %s %d %d %s %s"
                        .formatted(
                                row.asked.run(),
                                row.asked.step(),
                                row.asked.round(),
                                row.state,
                                row.answer == null ? "-" : row.answer));
            }
            return String.join("\n", lines.stream().sorted().toList());
        }
    }
}
