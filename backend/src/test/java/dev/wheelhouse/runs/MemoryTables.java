package dev.wheelhouse.runs;

import dev.wheelhouse.database.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of runs, events and questions in memory, and what the statements of [EngineSql], [RunStore] and
/// [QuestionStore] do to them. Each method is one transaction at one moment, `now`; who waits for which lock is
/// not known here. [EngineStoreTwinsTest] holds it to what Postgres does.
///
/// What a mutant of the simulation does wrong, it does by overriding one of the small methods at the end.
class MemoryTables {

    final Map<RunId, MemoryRun> runs = new LinkedHashMap<>();
    final Map<UUID, MemoryQuestion> questions = new LinkedHashMap<>();
    private final Supplier<UUID> ids;

    /// `ids`: where ids come from that Postgres or the engine would draw.
    MemoryTables(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /// A creation whose thread is missing, or has a run that waits for it, makes nothing.
    Map<RunId, Instant> create(List<Creation> creations, String replica, Instant now) {
        return insert(
                creations.stream()
                        .filter(one -> one.run().value().equals(one.thread())
                                || runs.containsKey(new RunId(one.thread())) && !isAwaited(one.thread()))
                        .toList(),
                (creation, id) -> MemoryRun.begun(creation, id, now, replica));
    }

    Map<RunId, Instant> createBehind(List<Creation> creations, Instant now) {
        var made = creations.stream()
                .filter(one -> one.run().value().equals(one.thread()) || runs.containsKey(new RunId(one.thread())))
                .filter(one -> one.whenBusy() != NewRun.WhenBusy.REJECT || !isAwaited(one.thread()))
                .toList();
        var busy = openThreads();
        var before = List.copyOf(runs.values());
        var times = insert(made, (creation, id) -> {
            boolean behind = creation.whenBusy() != NewRun.WhenBusy.REJECT && busy.contains(creation.thread());
            return MemoryRun.queued(creation, id, now, behind);
        });
        // A refused one interrupts nobody: it is all one statement.
        creations.stream()
                .filter(one -> one.whenBusy() == NewRun.WhenBusy.INTERRUPT)
                .forEach(one -> interrupt(before, one.thread(), now));
        return times;
    }

    private static void interrupt(List<MemoryRun> rows, UUID thread, Instant now) {
        for (var row : rows) {
            if (row.isOpen() && row.thread().equals(thread)) {
                row.cancel = true;
                row.nudged = true;
                row.paused = false;
                row.dueAt = row.state == RunState.RUNNING || row.behind ? row.dueAt : now;
            }
        }
    }

    private Set<UUID> openThreads() {
        return runs.values().stream()
                .filter(MemoryRun::isOpen)
                .map(MemoryRun::thread)
                .collect(Collectors.toSet());
    }

    private boolean isAwaited(UUID thread) {
        return runs.values().stream().anyMatch(row -> row.behind && row.thread().equals(thread));
    }

    /// All or none, as the unique indexes will have it. The engine draws the id of a run that another one calls; here
    /// it comes from where all ids come from.
    private Map<RunId, Instant> insert(List<Creation> creations, BiFunction<Creation, RunId, MemoryRun> making) {
        var made = new LinkedHashMap<Creation, MemoryRun>();
        for (var creation : creations) {
            var id = creation.parent() == null ? creation.run() : new RunId(ids.get());
            var row = making.apply(creation, id);
            if (breaksAnIndex(row, made.values()) || breaksAnIndex(row, runs.values())) {
                throw refusal("23505", "duplicate key value violates unique constraint");
            }
            made.put(creation, row);
        }
        var times = new HashMap<RunId, Instant>();
        made.forEach((creation, row) -> {
            runs.put(row.id, row);
            times.put(creation.run(), row.createdAt);
        });
        return times;
    }

    private static boolean breaksAnIndex(MemoryRun row, Collection<MemoryRun> others) {
        String key = row.creation.idempotencyKey();
        return others.stream()
                .anyMatch(other -> !row.behind && !other.behind && other.isOpen() && other.hasThreadOf(row)
                        || key != null && key.equals(other.creation.idempotencyKey()));
    }

    static DatabaseException refusal(String state, String message) {
        return new DatabaseException(new SQLException(message, state));
    }

    Map<RunId, Instant> created(List<Creation> creations) {
        var times = new HashMap<RunId, Instant>();
        for (var creation : creations) {
            var row = runs.get(creation.run());
            if (row != null) {
                times.put(row.id, row.createdAt);
            }
        }
        return times;
    }

    Map<RunId, EngineStore.Written> commit(List<Commit> commits, long leaseMillis, Instant now) {
        var written = new HashMap<RunId, EngineStore.Written>();
        for (var commit : commits) {
            var row = runs.get(commit.run());
            if (row != null && row.isOpen() && holds(row, commit)) {
                apply(commit, row, leaseMillis, now);
                boolean frees = row.endedAt != null
                        && runs.values().stream().anyMatch(other -> other.behind && other.hasThreadOf(row));
                written.put(row.id, new EngineStore.Written(now, frees));
            }
        }
        for (var commit : commits) {
            var row = runs.get(commit.run());
            if (commit.endsChild() && row != null && !row.isOpen() && commit.parent() != null) {
                nudge(commit.parent().run(), now);
            }
            if (commit.withdraws() && row != null && !row.isOpen()) {
                withdraw(commit.run());
            }
        }
        return written;
    }

    private void apply(Commit commit, MemoryRun row, long leaseMillis, Instant now) {
        int seq = row.seq;
        var entries = commit.entries();
        for (var entry : entries.subList(0, entries.size() - (commit.state().isEnded() ? 1 : 0))) {
            row.write(++seq, now, entry);
        }
        row.seq = row.seq + commit.entries().size();
        row.state = commit.state();
        row.dueAt = dueAfter(row, commit, leaseMillis, now);
        row.waiting = commit.waiting();
        row.steps = commit.steps();
        row.usage = commit.state() == RunState.RUNNING ? Usage.NONE : commit.usage();
        row.ended = commit.ended();
        row.endedAt = commit.state().isEnded() ? now : null;
    }

    Map<RunId, EngineStore.Written> written(List<Commit> commits) {
        var written = new HashMap<RunId, EngineStore.Written>();
        for (var commit : commits) {
            var row = runs.get(commit.run());
            if (row != null && row.epoch == commit.epoch() && row.seq == commit.seqAfter()) {
                written.put(row.id, new EngineStore.Written(row.log().getLast().at(), true));
            }
        }
        return written;
    }

    /// When the next lease ends that still holds.
    @Nullable
    Duration nextLease(@Nullable Set<String> kinds, Instant now) {
        return runs.values().stream()
                .filter(row -> row.isOpen() && !row.behind && row.state == RunState.RUNNING && row.isOf(kinds))
                .map(row -> row.dueAt)
                .filter(at -> at != null && at.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(now, at))
                .orElse(null);
    }

    /// What a claim would take of the runs that nobody has locked.
    List<MemoryRun> due(int limit, @Nullable Set<String> kinds, Set<RunId> locked, Instant now) {
        return runs.values().stream()
                .filter(row -> row.isOpen() && !row.behind && isDue(row, now) && row.isOf(kinds))
                .filter(row -> !locked.contains(row.id))
                .sorted(Comparator.comparing(row -> java.util.Objects.requireNonNull(row.dueAt)))
                .limit(limit)
                .toList();
    }

    List<EngineStore.Claimed> take(List<MemoryRun> due, String replica, long leaseMillis, Instant now) {
        var claimed = new ArrayList<EngineStore.Claimed>();
        for (var row : due) {
            var reason =
                    switch (row.state) {
                        case QUEUED -> EngineStore.Due.QUEUED;
                        case WAITING -> EngineStore.Due.WOKEN;
                        default -> EngineStore.Due.TAKEOVER;
                    };
            row.startedAt = row.epoch == 0 ? now : row.startedAt;
            row.state = RunState.RUNNING;
            row.epoch++;
            row.seq++;
            row.replica = replica;
            row.dueAt = now.plusMillis(leaseMillis);
            row.waiting = null;
            row.nudged = false;
            String data =
                    "{\"replica\":\"%s\",\"epoch\":%d,\"reason\":\"%s\"}".formatted(replica, row.epoch, reason.word());
            row.write(row.seq, now, new Commit.Entry(EventType.RUN_CLAIMED, 0, data));
            long age = Duration.between(row.createdAt, now).toMillis();
            claimed.add(new EngineStore.Claimed(row.run(), reason, age, row.cancel));
        }
        return claimed;
    }

    List<EngineStore.Renewed> renew(Map<RunId, Integer> epochs, long leaseMillis, Instant now) {
        var renewed = new ArrayList<EngineStore.Renewed>();
        epochs.forEach((id, epoch) -> {
            var row = runs.get(id);
            if (row != null && isRenewable(row, epoch)) {
                row.dueAt = now.plusMillis(leaseMillis);
                renewed.add(new EngineStore.Renewed(id, row.epoch, row.cancel, row.paused, row.nudged));
            }
        });
        return renewed;
    }

    List<EngineStore.Stored> log(RunId run) {
        var row = runs.get(run);
        return row == null ? List.of() : row.log();
    }

    List<EngineStore.Stored> added(Map<RunId, Integer> seen) {
        var added = new ArrayList<EngineStore.Stored>();
        seen.forEach((run, seq) ->
                log(run).stream().filter(event -> event.seq() > seq).forEach(added::add));
        return added;
    }

    int free(Instant now) {
        int freed = 0;
        for (var row : List.copyOf(runs.values())) {
            if (row.behind && isFirstBehindAFreeThread(row)) {
                row.behind = false;
                row.dueAt = row.paused ? null : now;
                freed++;
            }
        }
        return freed;
    }

    private boolean isFirstBehindAFreeThread(MemoryRun row) {
        return runs.values().stream()
                .filter(other -> other != row && other.hasThreadOf(row) && other.isOpen())
                .noneMatch(other -> !other.behind || other.id.value().compareTo(row.id.value()) < 0);
    }

    List<Run> children(RunId parent, List<Integer> steps) {
        return runs.values().stream()
                .filter(row -> row.creation.parent() != null
                        && row.creation.parent().run().equals(parent)
                        && steps.contains(row.creation.parent().step()))
                .map(MemoryRun::run)
                .toList();
    }

    List<Question.Status> ask(List<Question> asked, Instant now) {
        var standing = new ArrayList<Question.Status>();
        for (var question : asked) {
            var run = runs.get(question.run());
            if (run == null || !run.isOpen() || !mayAsk(run, question.epoch())) {
                return List.of();
            }
            var known = questions.values().stream()
                    .filter(one -> one.asksTheSame(question))
                    .findFirst();
            var row = known.orElseGet(() -> open(question, now));
            var news = known.isEmpty() ? Question.News.OPENED : Question.News.NONE;
            if (row.isOpen() && row.isOver(now)) {
                row.state = "expired";
                row.answer = row.asked.otherwise();
                news = Question.News.EXPIRED;
            }
            standing.add(row.status(news, now));
        }
        return standing;
    }

    private MemoryQuestion open(Question question, Instant now) {
        var row = new MemoryQuestion(ids.get(), question, now);
        questions.put(row.id, row);
        return row;
    }

    private void withdraw(RunId run) {
        questions.values().stream()
                .filter(row -> row.isOpen() && row.asked.run().equals(run))
                .forEach(row -> row.state = "withdrawn");
    }

    /// Says whether a replica has to end it; empty where there is no such run.
    Optional<Boolean> cancel(RunId run, Instant now) {
        var row = runs.get(run);
        if (row == null) {
            return Optional.empty();
        }
        boolean marked = row.state == RunState.RUNNING;
        if (marked) {
            row.cancel = true;
            row.nudged = true;
            row.paused = false;
        } else if (row.isOpen()) {
            row.state = RunState.CANCELLED;
            row.endedAt = now;
            row.dueAt = null;
            row.behind = false;
            row.waiting = null;
            row.replica = null;
            row.epoch++;
            row.seq++;
            row.ended = "{}";
        }
        withdraw(run);
        if (row.creation.parent() != null) {
            nudge(row.creation.parent().run(), now);
        }
        return Optional.of(marked);
    }

    /// Says whether there is such an open run.
    boolean pause(RunId run, Instant now) {
        var row = runs.get(run);
        if (row == null || !row.isOpen() || row.cancel) {
            return false;
        }
        if (row.state != RunState.RUNNING && !row.paused) {
            row.dueAt = null;
            row.state = RunState.WAITING;
            row.waiting = row.waiting == null ? new Run.Waiting(WaitingReason.PAUSED, null, 0) : row.waiting;
            row.write(++row.seq, now, new Commit.Entry(EventType.RUN_WAITING, 0, "{\"reason\":\"paused\"}"));
        }
        row.paused = true;
        return true;
    }

    boolean resume(RunId run, Instant now) {
        var row = runs.get(run);
        if (row == null || !row.isOpen()) {
            return false;
        }
        if (row.paused) {
            boolean waitsForNothing = row.waiting != null && row.waiting.reason() == WaitingReason.PAUSED;
            row.paused = false;
            row.nudged = true;
            row.dueAt = row.state == RunState.RUNNING ? row.dueAt : row.behind ? null : now;
            row.state = waitsForNothing ? RunState.QUEUED : row.state;
            row.waiting = waitsForNothing ? null : row.waiting;
        }
        return true;
    }

    /// Compares and sets, and nudges the run.
    boolean answer(UUID question, String state, String answer, Instant now) {
        var row = questions.get(question);
        var run = row == null ? null : runs.get(row.asked.run());
        if (row == null || run == null || !run.isOpen() || !row.isOpen() || row.isOver(now)) {
            return false;
        }
        row.state = state;
        row.answer = answer;
        nudge(run.id, now);
        return true;
    }

    private void nudge(RunId run, Instant now) {
        var row = runs.get(run);
        if (row != null && row.isOpen()) {
            row.nudged = true;
            row.dueAt = row.state == RunState.WAITING && !row.paused ? now : row.dueAt;
        }
    }

    /// The fence of a commit.
    boolean holds(MemoryRun row, Commit commit) {
        return row.epoch == commit.epoch() && row.seq == commit.seqBefore();
    }

    boolean isDue(MemoryRun row, Instant now) {
        return row.dueAt != null && !row.dueAt.isAfter(now);
    }

    boolean mayAsk(MemoryRun row, int epoch) {
        return row.epoch == epoch;
    }

    boolean isRenewable(MemoryRun row, int epoch) {
        return row.epoch == epoch && row.state == RunState.RUNNING;
    }

    @Nullable
    Instant dueAfter(MemoryRun row, Commit commit, long leaseMillis, Instant now) {
        if (commit.state() == RunState.RUNNING) {
            return now.plusMillis(leaseMillis);
        }
        if (row.paused) {
            return null;
        }
        boolean isPaused = commit.waiting() != null && commit.waiting().reason() == WaitingReason.PAUSED;
        boolean isNudged = commit.state() == RunState.WAITING && (row.nudged || isPaused);
        return isNudged ? now : commit.due() == null ? null : now.plus(commit.due());
    }
}
