/// What runs carry out, whatever its kind: finding the program that a run is pinned to.
///
/// Front door: [dev.wheelhouse.programs.Programs]. A kind of program is plugged in by one bean that implements
/// [dev.wheelhouse.programs.ProgramKind]; `docs/how-to/add-a-program.md` shows how.
///
/// **Invariants**
/// - A run is pinned to kind, name and revision when it is started; what is published later changes no run.
/// - Two kinds of one name are refused at start. A run of a kind that this replica does not know is left to others:
///   during an upgrade a newer replica may have started it.
/// - Nothing here knows what a program does.
@NullMarked
package dev.wheelhouse.programs;

import org.jspecify.annotations.NullMarked;
