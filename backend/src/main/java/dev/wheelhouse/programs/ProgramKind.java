package dev.wheelhouse.programs;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import org.jspecify.annotations.Nullable;

/// A kind of program, plugged in by being a bean: it knows its programs by name and revision.
public interface ProgramKind {

    /// The word for it in rows, requests and answers, such as `agent`.
    String kind();

    /// The program of a run that is pinned to this kind. It may read the database; the program itself must not.
    Program load(Run run);

    /// What a new run is pinned to. Refuses a name or a revision that does not exist.
    ///
    /// @param revision null for the published one; refused where none is published
    Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision);

    /// What becomes of a new run whose thread is busy, where its request does not say.
    default NewRun.WhenBusy whenBusy(TenantId tenant, Program.Pin pin) {
        return NewRun.WhenBusy.REJECT;
    }

    /// What retries and forks may take over from runs of this kind.
    default Reuse reuse() {
        return new Reuse() {};
    }

    /// By what replays of this kind find their answers.
    default Recall recall() {
        return new Recall() {};
    }
}
