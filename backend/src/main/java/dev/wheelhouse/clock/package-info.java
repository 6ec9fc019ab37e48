/// What the platform needs of the computer it runs on: a steady clock, threads, ways to wait, work that comes back.
///
/// Front door: [dev.wheelhouse.clock.Clock]. The engine waits nowhere else, so a test can put another clock under
/// it: one with a virtual clock that runs everything in one thread, in an order drawn from a seed.
///
/// **Invariants**
/// - The engine reads no clock, starts no thread and blocks on nothing but through a clock.
/// - Nothing waits while it holds a monitor.
@NullMarked
package dev.wheelhouse.clock;

import org.jspecify.annotations.NullMarked;
