package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Trouble.Fault;
import dev.wheelhouse.simulation.Host;
import dev.wheelhouse.simulation.SimulatedClock;
import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One replica's way to the simulated Postgres. This is where statements go wrong.
final class SimulatedStore implements EngineStore {

    private static final Set<Boundary> READ = EnumSet.of(Boundary.READ);

    private static final Duration LONGEST_FREEZE = Duration.ofSeconds(20);

    private final World world;
    private final Host host;
    private final SimulatedClock clock;
    private final SimulatedDatabase database;
    private final MemoryTables tables;
    private final Trouble trouble;
    private final Laws laws;
    private final Runnable die;

    /// `die` ends the replica as `kill -9` does.
    SimulatedStore(
            World world,
            Host host,
            SimulatedClock clock,
            SimulatedDatabase database,
            Trouble trouble,
            Laws laws,
            Runnable die) {
        this.world = world;
        this.host = host;
        this.clock = clock;
        this.database = database;
        this.tables = database.tables;
        this.trouble = trouble;
        this.laws = laws;
        this.die = die;
    }

    @Override
    public Map<RunId, Instant> create(List<Creation> creations) {
        return waiting(
                EnumSet.of(Boundary.CREATE), "create", Set.of(), now -> tables.create(creations, host.name(), now));
    }

    @Override
    public Map<RunId, Instant> createBehind(List<Creation> creations) {
        var threads = creations.stream().map(Creation::thread).toList();
        var interrupted = tables.runs.values().stream()
                .filter(row -> row.isOpen() && threads.contains(row.thread()))
                .map(row -> row.id)
                .collect(Collectors.toSet());
        return waiting(EnumSet.of(Boundary.CREATE_BEHIND), "create behind", interrupted, now -> {
            var toEnd = creations.stream()
                    .flatMap(creation -> laws.interruptedBy(creation).stream())
                    .toList();
            var times = tables.createBehind(creations, now);
            toEnd.forEach(laws::asksForTheEndOf);
            return times;
        });
    }

    @Override
    public Map<RunId, Instant> created(List<Creation> creations) {
        return reading("created", now -> tables.created(creations));
    }

    @Override
    public Map<RunId, Written> commit(List<Commit> commits, long leaseMillis) {
        var boundaries = commits.stream()
                .map(Boundary::of)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Boundary.class)));
        var rows = new HashSet<RunId>();
        for (var commit : commits) {
            rows.add(commit.run());
            if (commit.endsChild() && commit.parent() != null) {
                rows.add(commit.parent().run());
            }
        }
        return waiting(boundaries, said(commits), rows, now -> {
            laws.beforeCommit(commits);
            var written = tables.commit(commits, leaseMillis, now);
            laws.afterCommit(commits, written);
            return written;
        });
    }

    private String said(List<Commit> commits) {
        return !world.isTold()
                ? "commit"
                : "commit "
                        + commits.stream()
                                .map(commit -> Laws.name(commit.run()) + " #" + commit.epoch() + " "
                                        + commit.entries().stream()
                                                .map(entry -> entry.type().word()
                                                        + (entry.step() == 0 ? "" : " " + entry.step()))
                                                .collect(Collectors.joining(", ")))
                                .collect(Collectors.joining("; "));
    }

    @Override
    public Map<RunId, Written> written(List<Commit> commits) {
        return reading("written", now -> tables.written(commits));
    }

    @Override
    public Claim claim(int limit, @Nullable Set<String> kinds, long leaseMillis) {
        var boundaries =
                tables.due(limit, kinds, Set.of(), database.time()).isEmpty() ? READ : EnumSet.of(Boundary.CLAIM);
        return call(
                boundaries,
                new SimulatedDatabase.Statement<>(
                        "claim",
                        true,
                        (now, locked) -> tables.due(limit, kinds, locked, now).stream()
                                .map(row -> row.id)
                                .collect(Collectors.toCollection(java.util.LinkedHashSet::new)),
                        (now, mine) -> {
                            var due = mine.stream().map(tables.runs::get).toList();
                            laws.beforeClaim(due);
                            var next = tables.nextLease(kinds, now);
                            var taken = tables.take(due, host.name(), leaseMillis, now);
                            taken.forEach(one -> world.tell(
                                    "          %s takes %s #%d, %s",
                                    host, Laws.name(one.run().id()), one.run().epoch(), one.reason()));
                            return new Claim(taken, next);
                        }));
    }

    @Override
    public List<Renewed> renew(Collection<Run> runs, long leaseMillis) {
        var epochs = new LinkedHashMap<RunId, Integer>();
        runs.forEach(run -> epochs.put(run.id(), run.epoch()));
        return call(
                EnumSet.of(Boundary.RENEW),
                new SimulatedDatabase.Statement<>(
                        "renew",
                        true,
                        (now, locked) -> epochs.keySet().stream()
                                .filter(run -> !locked.contains(run))
                                .collect(Collectors.toSet()),
                        (now, mine) -> {
                            var free = new LinkedHashMap<>(epochs);
                            free.keySet().retainAll(mine);
                            var renewed = tables.renew(free, leaseMillis, now);
                            renewed.forEach(row -> laws.renewed(row.run(), epochs.get(row.run())));
                            return renewed;
                        }));
    }

    @Override
    public List<Stored> log(TenantId tenant, RunId run) {
        return reading("log", now -> tables.log(run));
    }

    @Override
    public Map<RunId, List<Stored>> logs(List<Run> runs) {
        return reading("logs", now -> runs.stream().map(Run::id).collect(Collectors.toMap(run -> run, tables::log)));
    }

    @Override
    public List<Stored> added(List<LiveRun> runs) {
        var seen = new LinkedHashMap<RunId, Integer>();
        runs.forEach(live -> seen.put(live.run(), live.seq()));
        return reading("added", now -> tables.added(seen));
    }

    @Override
    public int free() {
        boolean any = tables.runs.values().stream().anyMatch(row -> row.behind);
        return waiting(any ? EnumSet.of(Boundary.FREE) : READ, "free", Set.of(), tables::free);
    }

    @Override
    public List<Question.Status> ask(List<Question> asked) {
        return waiting(
                EnumSet.of(Boundary.ASK),
                said("ask", asked),
                Set.of(asked.getFirst().run()),
                now -> {
                    var standing = tables.ask(asked, now);
                    laws.asked(asked, standing);
                    return standing;
                });
    }

    private static String said(String what, RunId run) {
        return what + " " + Laws.name(run);
    }

    private static String said(String what, List<Question> asked) {
        return what
                + asked.stream()
                        .map(one -> " %s step %d".formatted(Laws.name(one.run()), one.step()))
                        .collect(Collectors.joining(","));
    }

    @Override
    public List<Run> children(TenantId tenant, RunId parent, List<Integer> steps) {
        return reading("children", now -> tables.children(parent, steps));
    }

    /// What requests do to a run and to questions; in production these are statements of other stores.
    Optional<Boolean> cancel(RunId run) {
        return waiting(EnumSet.of(Boundary.ASK_TO_CANCEL), said("cancel", run), Set.of(run), now -> {
            laws.asksForTheEndOf(run);
            return tables.cancel(run, now);
        });
    }

    boolean pause(RunId run) {
        return waiting(
                EnumSet.of(Boundary.ASK_TO_PAUSE), said("pause", run), Set.of(run), now -> tables.pause(run, now));
    }

    boolean resume(RunId run) {
        return waiting(
                EnumSet.of(Boundary.ASK_TO_RESUME), said("resume", run), Set.of(run), now -> tables.resume(run, now));
    }

    boolean answer(RunId run, UUID question, String state, String answer) {
        return waiting(EnumSet.of(Boundary.DECIDE), said("decide about", run), Set.of(run), now -> {
            boolean counts = tables.answer(question, state, answer, now);
            if (counts) {
                laws.answered(question, answer);
            }
            return counts;
        });
    }

    /// The run that an idempotency key has made.
    Optional<RunId> find(String idempotencyKey) {
        return reading("find", now -> tables.runs.values().stream()
                .filter(row -> idempotencyKey.equals(row.creation.idempotencyKey()))
                .map(row -> row.id)
                .findFirst());
    }

    /// The open runs of a thread before this one.
    List<RunId> open(UUID thread, RunId before) {
        return reading(
                "open",
                now -> ids(row -> row.isOpen()
                        && row.thread().equals(thread)
                        && row.id.value().compareTo(before.value()) < 0));
    }

    /// The open runs that this one has called.
    List<RunId> called(RunId run) {
        return reading(
                "called",
                now -> ids(row -> row.isOpen()
                        && row.creation.parent() != null
                        && row.creation.parent().run().equals(run)));
    }

    private List<RunId> ids(java.util.function.Predicate<MemoryRun> wanted) {
        return tables.runs.values().stream().filter(wanted).map(row -> row.id).toList();
    }

    @Override
    public void awaitReady() {}

    @Override
    public String replica() {
        return host.name();
    }

    @FunctionalInterface
    private interface At<T> {
        T take(Instant now);
    }

    private <T> T reading(String name, At<T> effect) {
        return waiting(READ, name, Set.of(), effect);
    }

    private <T> T waiting(Set<Boundary> boundaries, String name, Set<RunId> rows, At<T> effect) {
        return call(
                boundaries,
                new SimulatedDatabase.Statement<>(name, false, (now, locked) -> rows, (now, mine) -> effect.take(now)));
    }

    private <T> T call(Set<Boundary> boundaries, SimulatedDatabase.Statement<T> statement) {
        var fault = trouble.draw(boundaries);
        if (fault != Fault.NONE) {
            world.tell("%s: %s, %s", host, statement.name(), fault);
        }
        var answer = new CompletableFuture<T>();
        switch (fault) {
            case NONE -> {
                database.send(statement, Duration.ZERO, answer);
                breakAfter(silence(), answer);
            }
            case KILLED_BEFORE -> {
                trouble.hit(boundaries, fault);
                die.run();
            }
            case KILLED_AFTER -> {
                database.send(
                        afterwards(statement, () -> {
                            trouble.hit(boundaries, fault);
                            die.run();
                        }),
                        Duration.ZERO,
                        answer);
                // Postgres may go down before it, and then nobody dies.
                breakAfter(silence(), answer);
            }
            case ANSWER_LOST ->
                database.send(
                        afterwards(statement, () -> {
                            trouble.hit(boundaries, fault);
                            breakAfter(Duration.ofMillis(1), answer);
                        }),
                        Duration.ZERO,
                        new CompletableFuture<>());
            case FROZEN -> {
                database.send(
                        afterwards(statement, () -> {
                            trouble.hit(boundaries, fault);
                            long time = world.between(Duration.ofMillis(1), LONGEST_FREEZE);
                            host.freezeUntil(world.now() + time);
                        }),
                        Duration.ZERO,
                        answer);
                breakAfter(silence(), answer);
            }
            case REFUSED -> {
                trouble.hit(boundaries, fault);
                var refusal = MemoryTables.refusal(trouble.refusal(), "refused for now");
                world.after(Duration.ofMillis(1), () -> answer.completeExceptionally(refusal));
            }
            case LATE -> {
                trouble.hit(boundaries, fault);
                breakAfter(Duration.ofMillis(1), answer);
                long delay = world.between(Duration.ofMillis(1), Duration.ofSeconds(15));
                database.send(statement, Duration.ofNanos(delay), new CompletableFuture<>());
            }
            case SWALLOWED -> trouble.hit(boundaries, fault);
        }
        if (fault == Fault.SWALLOWED || fault == Fault.ANSWER_LOST) {
            breakAfter(silence(), answer);
        }
        return clock.awaitPatiently(answer);
    }

    private static <T> SimulatedDatabase.Statement<T> afterwards(
            SimulatedDatabase.Statement<T> statement, Runnable afterwards) {
        return new SimulatedDatabase.Statement<>(
                statement.name(), statement.skips(), statement.locking(), (now, mine) -> {
                    var result = statement.effect().take(now, mine);
                    afterwards.run();
                    return result;
                });
    }

    private Duration silence() {
        return trouble.silence();
    }

    private void breakAfter(Duration time, CompletableFuture<?> answer) {
        world.after(
                time,
                () -> answer.completeExceptionally(
                        MemoryTables.refusal("08006", "An I/O error occurred while sending to the backend")));
    }
}
