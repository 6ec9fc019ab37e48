/// Conversations: threads whose turns are runs.
///
/// Front door: [dev.wheelhouse.threads.Threads]. A run without a thread opens one that has the run's id and no row of
/// its own; only a thread that somebody opened ahead of its first run has a row, with its title, and the engine is told
/// of it in the same statement. Turns are read from the engine's view `turns`. The engine sees to it that a thread has
/// one open run at a time, see [dev.wheelhouse.runs.Runs].
///
/// **Invariants**: a thread is found only together with its tenant; nothing about a turn is stored twice.
@NullMarked
package dev.wheelhouse.threads;

import org.jspecify.annotations.NullMarked;
