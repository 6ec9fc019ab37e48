package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.workflows.SimulatedWorkflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// What must hold in every history, watched by somebody who sees everything at every moment. The first law that is
/// broken ends the history.
final class Laws implements RunListener {

    private record At(RunId run, int step) {}

    private record Owned(RunId run, int epoch) {}

    private final List<String> broken = new ArrayList<>();
    private final Map<RunId, Integer> epochs = new HashMap<>();
    private final Set<At> ended = new HashSet<>();
    private final Map<At, Integer> unkeyed = new HashMap<>();
    private final Map<At, Integer> agains = new HashMap<>();
    private final Map<At, String> keys = new HashMap<>();
    private final Map<String, At> owners = new HashMap<>();
    private final Map<UUID, String> words = new HashMap<>();
    private final Set<RunId> toEnd = new HashSet<>();
    private final Set<RunId> mayEnd = new HashSet<>();
    private final Set<RunId> acknowledged = new HashSet<>();
    private MemoryTables tables = new MemoryTables(UUID::randomUUID);
    private final Map<Owned, Integer> performed = new HashMap<>();
    private int staleWrites;
    private int takeovers;

    void watch(MemoryTables tables) {
        this.tables = tables;
    }

    List<String> broken() {
        return broken;
    }

    boolean areBroken() {
        return !broken.isEmpty();
    }

    int staleWrites() {
        return staleWrites;
    }

    int takeovers() {
        return takeovers;
    }

    private void hold(boolean holds, String otherwise, Object... words) {
        if (!holds) {
            broken.add(otherwise.formatted(words));
        }
    }

    /// A law that is not of the engine but of what it executes.
    void breaks(String how) {
        broken.add(how);
    }

    static String name(RunId run) {
        return "run " + run.value().getMostSignificantBits();
    }

    // ---- While it goes on ----

    void beforeCommit(List<Commit> commits) {
        for (var commit : commits) {
            var row = tables.runs.get(commit.run());
            epochs.put(commit.run(), row == null ? 0 : row.epoch);
        }
    }

    /// Every write of a worker carries the epoch of its claim; the log has no gap and each step one end.
    void afterCommit(List<Commit> commits, Map<RunId, EngineStore.Written> written) {
        for (var commit : commits) {
            if (!written.containsKey(commit.run())) {
                continue;
            }
            var run = commit.run();
            hold(epochs.get(run) == commit.epoch(), "A write of %s by an owner of the past was taken", name(run));
            var log = tables.log(run);
            hold(log.getLast().seq() == log.size(), "The log of %s has a gap", name(run));
            hold(
                    commit.state() == RunState.RUNNING || commit.state() == RunState.CANCELLED || isAtRest(commit),
                    "%s is %s while a step of it is under way",
                    name(run),
                    commit.state().word());
            for (var entry : commit.entries()) {
                if (entry.type().isStepEnd()) {
                    hold(ended.add(new At(run, entry.step())), "Step %d of %s ended twice", entry.step(), name(run));
                }
            }
        }
    }

    private boolean isAtRest(Commit commit) {
        return performed.getOrDefault(new Owned(commit.run(), commit.epoch()), 0) == 0;
    }

    /// An owner performs a step, until it is done with it.
    void performs(StepContext step) {
        performed.merge(new Owned(step.run(), step.epoch()), 1, Integer::sum);
    }

    void isDoneWith(StepContext step) {
        performed.merge(new Owned(step.run(), step.epoch()), -1, Integer::sum);
    }

    void beforeClaim(List<MemoryRun> due) {
        for (var row : due) {
            hold(row.state == RunState.RUNNING || !row.paused, "%s was taken though it is paused", name(row.id));
        }
    }

    void renewed(RunId run, int epoch) {
        var row = tables.runs.get(run);
        hold(row != null && row.epoch == epoch, "A lease of %s was renewed by an owner of the past", name(run));
    }

    void asked(List<Question> asked, List<Question.Status> standing) {
        var run = asked.getFirst().run();
        hold(
                standing.isEmpty()
                        || tables.runs.get(run).epoch == asked.getFirst().epoch(),
                "People were asked about %s by an owner of the past",
                name(run));
    }

    /// Right after the step was told that its run is still owned: nobody else owns it, the step is not done, and what
    /// is about to happen is on record.
    void begins(StepContext step, Effect effect) {
        var row = tables.runs.get(step.run());
        if (row == null) {
            broken.add("A step of a run that is nowhere begins");
            return;
        }
        String what = "step %d of %s as owner %d".formatted(step.step(), name(step.run()), step.epoch());
        hold(row.epoch == step.epoch(), "%s begins, but owner %d has the run", what, row.epoch);
        hold(row.isOpen(), "%s begins, but the run has ended", what);
        hold(!row.hasEnd(step.step()), "%s begins again, but it was committed", what);
        hold(effect == Effect.READ || isOnRecord(row, step), "%s begins, but that is not on record", what);
    }

    private static boolean isOnRecord(MemoryRun row, StepContext step) {
        return row.events.stream()
                .anyMatch(event -> event.type() == EventType.STEP_STARTED
                        && event.step() == step.step()
                        && Json.read(event.data()).path("attempt").asInt(1) == step.attempt());
    }

    /// Something happened in the world outside.
    void happens(RunId run, int step, Effect effect, String key) {
        var at = new At(run, step);
        if (effect == Effect.UNKEYED) {
            int count = unkeyed.merge(at, 1, Integer::sum);
            hold(
                    count <= 1 + agains.getOrDefault(at, 0),
                    "The unkeyed effect of step %d of %s was repeated unasked",
                    step,
                    name(run));
        }
        if (effect == Effect.KEYED) {
            hold(key.equals(keys.computeIfAbsent(at, none -> key)), "Step %d of %s has two keys", step, name(run));
            hold(at.equals(owners.computeIfAbsent(key, none -> at)), "Key %s is used for two steps", key);
        }
    }

    /// A person's word was the one that counts.
    void answered(UUID question, String word) {
        hold(words.put(question, word) == null, "Two words were taken for one question");
        var asked = tables.questions.get(question).asked;
        if (asked.kind().equals("outcome") && word.contains("\"again\"")) {
            agains.merge(new At(asked.run(), asked.step()), 1, Integer::sum);
        }
        if (word.contains("\"stop\"")) {
            mayEnd.add(asked.run());
        }
    }

    void asksForTheEndOf(RunId run) {
        toEnd.add(run);
    }

    /// The runs whose end this creation asks for, if it is made.
    List<RunId> interruptedBy(Creation creation) {
        return tables.runs.values().stream()
                .filter(row -> creation.whenBusy() == NewRun.WhenBusy.INTERRUPT)
                .filter(row -> row.isOpen() && row.thread().equals(creation.thread()))
                .map(row -> row.id)
                .toList();
    }

    boolean isAskedToEnd(RunId run) {
        return toEnd.contains(run);
    }

    /// Somebody was told that this run is there.
    void acknowledge(RunId run) {
        acknowledged.add(run);
    }

    @Override
    public void staleWriteRejected(RunId run) {
        staleWrites++;
    }

    @Override
    public void takenOver(Run run) {
        takeovers++;
    }

    // ---- When all has come to rest ----

    void atRest() {
        acknowledged.forEach(run -> hold(tables.runs.containsKey(run), "%s was acknowledged and is lost", name(run)));
        var children = new HashSet<At>();
        for (var row : tables.runs.values()) {
            atRest(row);
            var parent = row.creation.parent();
            hold(
                    parent == null || children.add(new At(parent.run(), parent.step())),
                    "Step %d of %s called two runs",
                    parent == null ? 0 : parent.step(),
                    parent == null ? "" : name(parent.run()));
        }
        words.forEach(this::atRest);
    }

    private void atRest(MemoryRun row) {
        String name = name(row.id);
        hold(!row.isOpen(), "%s is stuck: %s, waiting for %s, due at %s", name, row.state, row.waiting, row.dueAt);
        var log = row.log();
        for (int at = 0; at < log.size(); at++) {
            hold(log.get(at).seq() == at + 1, "The log of %s has a gap after %d", name, at);
        }
        if (isWorkflow(row)) {
            // How it has to end, it says itself.
            hold(
                    row.state != RunState.CANCELLED || toEnd.contains(row.id) || mayEnd.contains(row.id),
                    "%s was cancelled unasked",
                    name);
            return;
        }
        var program = SimulatedProgram.of(row.creation.wanted().program().name());
        long ends = log.stream().filter(event -> event.type().isStepEnd()).count();
        switch (row.state) {
            case SUCCEEDED, FAILED -> {
                boolean succeeds = program.end == SimulatedProgram.End.SUCCEEDS;
                hold(succeeds == (row.state == RunState.SUCCEEDED), "%s ended as %s: %s", name, row.state, row.ended);
                hold(ends == program.pieces(), "%s ended after %d of %d steps", name, ends, program.pieces());
            }
            case CANCELLED -> hold(toEnd.contains(row.id) || mayEnd.contains(row.id), "%s was cancelled unasked", name);
            default -> {}
        }
    }

    private static boolean isWorkflow(MemoryRun row) {
        return SimulatedWorkflow.isOne(row.creation.wanted().program().name());
    }

    /// Every word that counted is an end of its step, once, or has ended its run.
    private void atRest(UUID question, String word) {
        var asked = tables.questions.get(question).asked;
        var row = tables.runs.get(asked.run());
        if (row == null || row.state == RunState.CANCELLED || word.contains("\"again\"")) {
            return;
        }
        String token = Json.read(word).path("by").asText();
        long taken = row.events.stream()
                .filter(event -> event.step() == asked.step()
                        && event.type() == EventType.STEP_SUCCEEDED
                        && event.data().contains(token))
                .count();
        // A branch that lost asks for nothing more.
        hold(
                taken == 1 || taken == 0 && isWorkflow(row),
                "The word \"%s\" for step %d of %s was taken %d times",
                word,
                asked.step(),
                name(row.id),
                taken);
    }
}
