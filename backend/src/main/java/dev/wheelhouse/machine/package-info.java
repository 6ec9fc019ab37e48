/// What the run engine needs of the computer it runs on: a steady clock, threads, and ways to wait.
///
/// Front door: [dev.wheelhouse.machine.Machine]. The engine waits nowhere else, so a test can put another machine under
/// it: one with a virtual clock that runs everything in one thread, in an order drawn from a seed.
///
/// **Invariants**
/// - The engine reads no clock, starts no thread and blocks on nothing but through a machine.
/// - Nothing waits while it holds a monitor.
@NullMarked
package dev.wheelhouse.machine;

import org.jspecify.annotations.NullMarked;
