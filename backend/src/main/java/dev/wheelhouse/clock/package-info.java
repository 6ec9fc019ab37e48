/// What the platform needs from the computer it runs on: a monotonic clock, threads, waiting, recurring work.
///
/// Front door: [dev.wheelhouse.clock.Clock]. The engine waits nowhere else, so a test can replace it: with a simulated
/// clock that runs everything in one thread, in an order drawn from a seed.
///
/// **Invariants**
/// - The engine reads time, starts threads and blocks only through a clock.
/// - Nothing waits while it holds a monitor.
@NullMarked
package dev.wheelhouse.clock;

import org.jspecify.annotations.NullMarked;
