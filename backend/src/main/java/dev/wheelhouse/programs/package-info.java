/// What runs carry out, whatever its kind: finding the program that a run is pinned to, in whose name it spends, what
/// other runs may take over from it, and replaying it.
///
/// Front door: [dev.wheelhouse.programs.Programs]; runs are started by [dev.wheelhouse.programs.StartRun]. A kind of
/// program is plugged in by one bean that implements [dev.wheelhouse.programs.ProgramKind];
/// `docs/how-to/add-a-program.md` shows how.
///
/// **Invariants**
/// - A run is pinned to kind, name and revision when it is started; what is published later changes no run.
/// - Two kinds of one name are refused at start. A run of a kind that this replica does not know is left to others:
///   during an upgrade a newer replica may have started it.
/// - Every door starts runs by [dev.wheelhouse.programs.StartRun]: what may stop a run from being started is an
///   `AdmissionCheck`, and no door has a rule of its own.
/// - Nothing here knows what a program does: what may be kept, edited or found on record the kind says, by
///   [dev.wheelhouse.programs.Reuse] and [dev.wheelhouse.programs.Recall].
/// - Every kind passes `ProgramContract`: pure, resumable, forkable, replayable.
@NullMarked
package dev.wheelhouse.programs;

import org.jspecify.annotations.NullMarked;
