package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `runs` in memory with its rows of `events`.
final class MemoryRun {

    final Creation creation;
    final RunId id;
    final Instant createdAt;
    final List<EngineStore.Stored> events = new ArrayList<>();
    RunState state;
    int epoch;
    int seq = 1;

    @Nullable
    Instant dueAt;

    @Nullable
    String replica;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant endedAt;

    @Nullable
    String ended;

    Run.@Nullable Waiting waiting;
    int steps;
    Usage usage = Usage.NONE;
    boolean cancel;
    boolean nudged;
    boolean paused;
    boolean behind;

    private MemoryRun(Creation creation, RunId id, Instant now) {
        this.creation = creation;
        this.id = id;
        this.createdAt = now;
        this.epoch = creation.epoch();
        this.state = epoch > 0 ? RunState.RUNNING : RunState.QUEUED;
        this.dueAt = now.plusMillis(creation.dueMillis());
    }

    /// As it stands after [EngineSql#CREATE].
    static MemoryRun begun(Creation creation, RunId id, Instant now, String replica) {
        var row = new MemoryRun(creation, id, now);
        row.replica = row.epoch > 0 ? replica : null;
        return row;
    }

    /// As it stands after [EngineSql#CREATE_BEHIND].
    static MemoryRun queued(Creation creation, RunId id, Instant now, boolean behind) {
        var row = new MemoryRun(creation, id, now);
        row.behind = behind;
        row.dueAt = behind ? null : now;
        row.steps = creation.steps();
        creation.kept().forEach(entry -> row.write(++row.seq, now, entry));
        return row;
    }

    boolean hasThreadOf(MemoryRun other) {
        return thread().equals(other.thread());
    }

    UUID thread() {
        return creation.thread();
    }

    /// Null: whatever kinds there are.
    boolean isOf(@Nullable Set<String> kinds) {
        return kinds == null || kinds.contains(creation.wanted().program().kind());
    }

    boolean isOpen() {
        return endedAt == null;
    }

    /// The log as the view of that name shows it.
    List<EngineStore.Stored> log() {
        var log = new ArrayList<EngineStore.Stored>();
        log.add(new EngineStore.Stored(id, 1, createdAt, EventType.RUN_CREATED, 0, creation.data()));
        log.addAll(events);
        if (endedAt != null) {
            log.add(new EngineStore.Stored(id, seq, endedAt, EventType.endOf(state), 0, String.valueOf(ended)));
        }
        return log;
    }

    void write(int at, Instant now, Commit.Entry entry) {
        events.add(new EngineStore.Stored(id, at, now, entry.type(), entry.step(), entry.data()));
    }

    boolean hasEnd(int step) {
        return events.stream()
                .anyMatch(event -> event.step() == step && event.type().isStepEnd());
    }

    /// The row as the engine reads it.
    Run run() {
        var wanted = creation.wanted();
        return new Run(
                id,
                creation.tenant(),
                wanted.program(),
                creation.thread(),
                new Run.Request(null, null, null, wanted.request().metadata(), wanted.asker()),
                wanted.lineage(),
                status(),
                new Run.Place(replica, epoch),
                new Run.Totals(steps, seq, usage),
                new Run.Times(createdAt, startedAt, endedAt));
    }

    private Run.Status status() {
        var end = Json.read(ended == null ? "{}" : ended);
        return new Run.Status(
                state,
                waiting,
                state == RunState.SUCCEEDED ? end.path("output").asText() : null,
                end.has("structuredOutput") ? end.get("structuredOutput").toString() : null,
                state == RunState.FAILED ? EventData.failure(end.path("error").toString()) : null,
                end.path("truncated").asBoolean(),
                paused,
                behind);
    }
}
