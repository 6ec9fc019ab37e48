package dev.wheelhouse.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one run has to say: collects entries, writes them in one commit with how the run's row then stands, and shows
/// them to whoever watches. Every write is behind the fence of the run's ownership.
final class RunJournal {

    private final Run run;
    private final EngineParts parts;
    private final Ownership ownership;
    private final Progress progress;
    private final LiveRun live;
    private final DatabaseTime time;
    private final List<Commit.Entry> unwritten = new ArrayList<>();
    private int seq;

    RunJournal(Run run, EngineParts parts, Ownership ownership, Progress progress, LiveRun live, DatabaseTime time) {
        this.run = run;
        this.parts = parts;
        this.ownership = ownership;
        this.progress = progress;
        this.live = live;
        this.time = time;
        this.seq = run.lastSeq();
    }

    /// The log has come this far.
    void recover(int lastSeq) {
        seq = lastSeq;
    }

    void add(EventType type, int step, String data) {
        unwritten.add(new Commit.Entry(type, step, data));
    }

    /// A step that is about to begin; `key` is its idempotency key where that is not the step's own.
    void begins(PlannedStep step, int attempt, @Nullable String key) {
        add(EventType.STEP_STARTED, step.number(), EventData.step(step, attempt, key, 0, null));
    }

    void ends(PlannedStep step, int attempt, Duration took, Outcome outcome) {
        var ended = new Step(
                step.number(),
                step.kind(),
                step.name(),
                step.call(),
                step.effect(),
                attempt,
                step.input(),
                outcome,
                step.askedBy());
        progress.add(ended);
        add(EventType.endOf(outcome), step.number(), EventData.step(step, attempt, took.toMillis(), outcome));
        parts.listener().stepEnded(run, ended, took);
    }

    /// One commit for all that is unwritten, if anything is; the run goes on here.
    void write() {
        write(RunState.RUNNING, null, null);
    }

    /// The same, and the run goes on when its time has come or somebody nudges it.
    void waits(@Nullable Duration due, Run.Waiting waiting, String data) {
        add(EventType.RUN_WAITING, 0, data);
        write(RunState.WAITING, due, waiting);
    }

    /// The same, and the run goes on when somebody resumes it.
    void pauses() {
        waits(null, new Run.Waiting(WaitingReason.PAUSED, null, 0), "{\"reason\":\"paused\"}");
    }

    /// The same, and another replica goes on.
    void releases() {
        add(EventType.RUN_RELEASED, 0, "{\"replica\":\"" + parts.store().replica() + "\"}");
        write(RunState.QUEUED, Duration.ZERO, null);
    }

    /// The same, and it is the run's end. `age` is the time that counts as the run's own.
    void ends(RunState state, String data, Duration age) {
        add(EventType.endOf(state), 0, data);
        write(state, null, null);
        parts.listener().ended(run, state, age);
    }

    /// Throws LostRunException where the row is another's by now.
    private void write(RunState state, @Nullable Duration due, Run.@Nullable Waiting waiting) {
        if (unwritten.isEmpty()) {
            return;
        }
        ownership.check();
        long before = parts.clock().nanoTime();
        var commit = new Commit(
                run.tenant(),
                run.id(),
                run.parent(),
                run.epoch(),
                seq,
                List.copyOf(unwritten),
                state,
                due,
                waiting,
                progress.committed(),
                progress.usage(),
                progress.hasAsked());
        var written = parts.writer().commit(commit, ownership.trustedAfter(before));
        if (written == null) {
            ownership.lose();
            parts.listener().staleWriteRejected(run.id());
            throw Ownership.taken();
        }
        ownership.trust(before);
        time.hear(written.at());
        hint(commit, written);
        publish(written.at());
    }

    private void hint(Commit commit, EngineStore.Written written) {
        parts.hints().committed(run.id());
        if (commit.state() == RunState.QUEUED) {
            parts.hints().queued();
        }
        if (commit.endsChild() && commit.parent() != null) {
            parts.nudge(commit.parent().run());
        } else if (written.frees()) {
            parts.wakeAll();
        }
    }

    private void publish(Instant at) {
        var events = new ArrayList<RunEvent>(unwritten.size());
        for (var entry : unwritten) {
            String seen = EventData.seen(entry.type(), entry.step(), at, entry.data());
            events.add(new RunEvent(run.id(), ++seq, at, entry.type(), entry.step(), seen));
        }
        unwritten.clear();
        live.publish(events);
    }
}
