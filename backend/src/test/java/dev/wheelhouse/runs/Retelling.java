package dev.wheelhouse.runs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.simulation.SimulatedClock;
import dev.wheelhouse.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A recorded log, read as the engine reads it, and carried on by the engine from any of its entries, as if the replica
/// that wrote it had died right after.
public final class Retelling {

    /// An entry as it is stored; its sequence number is its place in the log.
    public record Entry(Instant at, String type, int step, String data) {}

    /// How a run that was carried on has come out: `output` or `error` as its last event has it.
    public record End(RunState state, String data, List<Step> steps) {}

    private static final Duration LONGEST = Duration.ofDays(2);
    private static final RunsConfig CONFIG =
            new RunsConfig(Duration.ofSeconds(8), Duration.ofSeconds(1), 10, Duration.ofSeconds(1));

    private final RunId id;
    private final Program.Pin program;
    private final int depth;
    private final List<Entry> log;

    public Retelling(UUID id, Program.Pin program, int depth, List<Entry> log) {
        this.id = new RunId(id);
        this.program = program;
        this.depth = depth;
        this.log = List.copyOf(log);
    }

    private EngineStore.Stored stored(int at, Duration later) {
        var entry = log.get(at);
        return new EngineStore.Stored(
                id, at + 1, entry.at().plus(later), EventType.of(entry.type()), entry.step(), entry.data());
    }

    public boolean hasEnded() {
        return isEnd(log.size());
    }

    private boolean isEnd(int count) {
        return stored(count - 1, Duration.ZERO).seen().isLast();
    }

    /// The steps that have an end within so many entries, by number.
    public List<Step> steps(int count) {
        return progress(count).history(run(), Duration.ZERO, List.of()).steps();
    }

    /// What a program is shown by whoever takes the run after so many entries, at the moment of the next.
    public History after(int count) {
        var progress = progress(count);
        var now = log.get(Math.min(count, log.size() - 1)).at();
        var age = Duration.between(log.getFirst().at(), now).minus(progress.idle());
        return progress.history(run(), age, List.of());
    }

    private Progress progress(int count) {
        var progress = new Progress(log.getFirst().at());
        var entries = new java.util.ArrayList<EngineStore.Stored>();
        for (int at = 0; at < count; at++) {
            entries.add(stored(at, Duration.ZERO));
        }
        progress.recover(entries);
        return progress;
    }

    /// The run as it was started.
    public Run run() {
        return row(Instant.EPOCH).run().withCreated(log.getFirst().data());
    }

    private MemoryRun row(Instant now) {
        var wanted = NewRun.of(TenantId.DEFAULT, program, "[]");
        if (depth > 0) {
            wanted.calledBy(new Run.Parent(id, 1, depth));
        }
        var creation = new Creation(
                wanted.build(), id, id.value(), 1, 0, null, log.getFirst().data(), List.of());
        return MemoryRun.begun(creation, id, now, "dead");
    }

    /// Has the engine carry the run on after so many entries. `words` answers for people, by the number of the step.
    /// Null where it comes to no end.
    public @Nullable End execution(int count, Program program, Function<Integer, @Nullable String> words) {
        var world = new World(count, false);
        var laws = new Laws();
        var tables = new MemoryTables(() -> new UUID(world.now(), world.any()));
        laws.watch(tables);
        var trouble = new Trouble(world, 0);
        trouble.end();
        var database = new SimulatedDatabase(world, tables);
        var row = left(count, database.time());
        tables.runs.put(row.id, row);

        var host = world.host("heir");
        var clock = new SimulatedClock(world, host);
        var store = new SimulatedStore(world, host, clock, database, trouble, laws, host::kill);
        var hints = new SimulatedHints(world, clock, 0, List::of);
        var writer = new RunWriter(store, CONFIG, clock);
        new Engine(store, writer, new LiveRuns(store), CONFIG, hints, clock, () -> run -> program, List.of(laws));
        answer(world, tables, words);
        world.run(LONGEST, () -> !row.isOpen() || laws.areBroken());
        if (row.isOpen() || laws.areBroken()) {
            return null;
        }
        var progress = new Progress(row.createdAt);
        progress.recover(row.log());
        return new End(
                row.state,
                String.valueOf(row.ended),
                progress.history(run(), Duration.ZERO, List.of()).steps());
    }

    /// The row as the dead replica has left it, its past in front of now.
    private MemoryRun left(int count, Instant now) {
        var later = Duration.between(log.get(count - 1).at(), now);
        var row = row(log.getFirst().at().plus(later));
        for (int at = 1; at < count; at++) {
            row.events.add(stored(at, later));
        }
        row.seq = count;
        row.dueAt = now;
        return row;
    }

    private static void answer(World world, MemoryTables tables, Function<Integer, @Nullable String> words) {
        world.after(Duration.ofSeconds(1), () -> {
            for (var question : List.copyOf(tables.questions.values())) {
                String word = words.apply(question.asked.step());
                if (word != null) {
                    tables.answer(question.id, "approved", word, Instant.EPOCH);
                }
            }
            if (tables.runs.values().stream().anyMatch(MemoryRun::isOpen)) {
                answer(world, tables, words);
            }
        });
    }
}
