package dev.wheelhouse.programs;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
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

    /// The newest revision of a program, published or not: what `draft` means. Refuses a name that does not exist.
    default int latest(TenantId tenant, String name) {
        return pin(tenant, name, null).revision();
    }

    /// Whether there is a published program of this name that one message is enough for: whatever calls
    /// agents by name may call it, and finds an agent of the name first.
    default boolean takesMessage(TenantId tenant, String name) {
        return false;
    }

    /// What becomes of a new run whose thread is busy, where its request does not say.
    default NewRun.WhenBusy whenBusy(TenantId tenant, Program.Pin pin) {
        return NewRun.WhenBusy.REJECT;
    }

    /// What the kind has against a run that is pinned to it and about to be started, from whichever door: what it
    /// needs is not there, or it cannot do what the run's options say. Null where nothing is. Options that nobody
    /// reads are refused.
    default @Nullable Problem refusal(NewRun wanted) {
        return wanted.request().options() == null
                ? null
                : new Problem(
                        ErrorCode.BAD_REQUEST,
                        "Runs of \"%s\" take no options, such as an output schema"
                                .formatted(wanted.program().name()),
                        "Leave them out");
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
