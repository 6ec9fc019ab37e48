/// The run engine: executes runs, over the death of any replica, on Postgres alone. It knows steps and never what a
/// step does.
///
/// Front door: [dev.wheelhouse.runs.Runs]. An agent or a workflow implements [dev.wheelhouse.runs.Program].
///
/// ```
///            start            a replica has room             the program says so
///   ───────────────▶ queued ─────────────────────▶ running ─────────────────────▶ succeeded | failed
///                      ▲  ▲     epoch + 1, lease     │  ▲
///    hand-over at stop │  └──────────────────────────┤  │ the time is over, or another replica takes
///                      └─────────────────────────────┤  │ what a dead one left: epoch + 1, lease
///                                                    ▼  │
///                                                  waiting                cancel: from every state ▶ cancelled
/// ```
///
/// A run waits for time, for a person's decision, for a run that it called, or because somebody paused it; waiting, it
/// holds no thread and no connection. It waits only when nothing is under way: questions, timers and called runs open
/// beside the steps that are performed. Whoever has news for a run nudges it: a run that waits becomes due, one that
/// goes on looks at what it has open, and one that is about to wait sees it.
///
/// A paused run is due to nobody; what comes for it is kept and seen when it is resumed. A run may be queued
/// behind its thread's open run: it is not open, and goes on in its turn when the thread is free. A run may begin with
/// steps of another run, which are written in the statement that creates it.
///
/// A turn of [dev.wheelhouse.runs.ExecuteRun]: ask the program, commit what ended and what is about to begin, begin it,
/// and wait for the next end of any step.
/// [dev.wheelhouse.runs.Ownership] says whether it may, [dev.wheelhouse.runs.RunJournal] writes,
/// [dev.wheelhouse.runs.PerformSteps] performs, [dev.wheelhouse.runs.OpenSteps] keeps what ends without it.
/// [dev.wheelhouse.runs.RunWriter] writes what many runs have to say with one statement and one commit.
/// [dev.wheelhouse.runs.Engine] claims due runs, renews leases and hands over.
///
/// **Invariants**
/// - Every write of a worker carries the epoch of its claim; a row with another epoch takes nothing and refuses all.
/// - State and events change in one transaction; `seq` has no gap; rows of events are never changed.
/// - What a step with an effect is about to do is on record before it begins. After a loss, `read` and `keyed` steps
///   are done again, keyed ones with the same key; `unkeyed` ones never unasked: the run waits as `outcome_unknown`
///   until a person says what happened.
/// - A committed step is never begun again. Leases, timers and order go by the database's clock. The steady clock
///   tells an owner, at two thirds of its lease, to stop trusting itself, and carries the database's time on, never
///   ahead of it, for timers that end while something else is under way.
/// - Polling is the truth. A hint (NOTIFY, outside the writing transaction) only makes things sooner.
/// - No connection is held while a step is done. Taking over needs no controller and no stable name.
@NullMarked
package dev.wheelhouse.runs;

import org.jspecify.annotations.NullMarked;
