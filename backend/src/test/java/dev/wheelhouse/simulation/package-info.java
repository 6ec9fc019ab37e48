/// A world in one thread: a virtual clock, computers that may freeze or die, and an order of all things that a seed
/// decides. It knows nothing of runs; the simulation of the run engine stands on it.
///
/// Front door: [dev.wheelhouse.simulation.World]. [dev.wheelhouse.simulation.SimulatedClock] is the
/// [dev.wheelhouse.clock.Clock] of one computer in it.
///
/// Every thread of the code under test is a coroutine. It runs until it waits; then the world takes the next thing that
/// is due, and draws lots where several are due at once. Code that waits nowhere takes no time, and so an hour takes as
/// long as what happens in it.
///
/// **The simulation of the engine** stands in the engine's own package, because it works on types that nobody else sees
/// (`dev.wheelhouse.runs`, test sources). The engine is the one of production: `Engine`, `RunWriter`, `ExecuteRun`,
/// `PerformSteps`, `AwaitSteps`. Around it:
///
/// ```
///   Simulation ── one history from a seed, and the quiet time after it in which all must come to its end
///     ├─ Flavour            how many replicas and runs, what goes wrong outside of statements and how often
///     ├─ SimulatedReplica   the engine on a simulated computer, with requests as they come over HTTP
///     │    ├─ SimulatedStore   its way to Postgres: here statements go wrong, as Trouble draws it
///     │    └─ SimulatedHints   late, out of order, lost
///     ├─ SimulatedDatabase  Postgres: locks, restarts, what takes effect when
///     │    └─ MemoryTables     what each statement does to the rows
///     ├─ SimulatedProgram   what the runs do: steps of every kind and class, drawn from a seed
///     ├─ People             who starts, cancels, pauses, resumes and answers, and asks again where no answer came
///     └─ Laws               what must hold, watched by somebody who sees everything
/// ```
///
/// - **To add a fault** at statements: a constant of `Trouble.Fault`, drawn in `Trouble` and done in
///   `SimulatedStore.call`. Elsewhere: a component of `Flavour` and a line in `Simulation.happen`.
/// - **To add a statement**: a method of `MemoryTables`, one of `SimulatedStore`, and, where it changes something, a
///   constant of `Boundary`: the tally then asks that replicas die before and after it.
/// - **To add a law**: a check in `Laws`, called where it could be broken or `atRest`; then a constant of `Mutant` that
///   breaks it. A law that no mutant has broken is not known to be watched.
/// - **When a seed breaks a law**: `make simulate SEED=n` tells its history. Mend the engine, and keep the seed in
///   `SimulationTest`, although another order of drawing may one day make another history of it.
///
/// **Invariants**
/// - The same seed makes the same history, event for event: no other clock, lot or thread decides anything.
/// - What happens outside a computer goes on when that computer is frozen or dead.
/// - A computer that died does nothing more, not even a `finally`, as after `kill -9`.
@NullMarked
package dev.wheelhouse.simulation;

import org.jspecify.annotations.NullMarked;
