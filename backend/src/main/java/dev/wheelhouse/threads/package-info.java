/// Conversations: threads whose turns are runs.
///
/// Front door: [dev.wheelhouse.threads.Threads]. A run without a thread opens one that has its id and needs no row of
/// its own; only a thread that somebody opened ahead of its first run has one. That a thread has one open run at a
/// time is the engine's business, see [dev.wheelhouse.runs.Runs].
///
/// **Invariants**: a thread is found by its tenant alone; threads are read from runs, so nothing about a turn is stored
/// twice.
@NullMarked
package dev.wheelhouse.threads;

import org.jspecify.annotations.NullMarked;
