/// What runs have used: runs, tokens and money, by time and by agent, model, key, user or thread.
///
/// Front door: [dev.wheelhouse.usage.Usages].
///
/// Nothing is counted beside the runs: a report reads the rows of its time when it is asked for, so it says what
/// the runs say (decision 0050).
///
/// **Invariants**
/// - A run that another one called counts in that one, and not once more. By model every call counts where it was made.
/// - A price nobody told is unknown, never zero: calls and runs without one are counted.
/// - A report reads a bounded number of rows, and says where that was not all.
@NullMarked
package dev.wheelhouse.usage;

import org.jspecify.annotations.NullMarked;
