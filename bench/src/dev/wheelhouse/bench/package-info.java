/// Measures what the platform costs: `make bench`, or `make bench BENCH=B4` for one of them.
///
/// Each bench starts the built distribution and a Postgres of its own with fsync on, drives it from this process, and
/// reads the others' CPU, memory, statements and write-ahead log from outside. Counts come first; times only as ratios
/// to [dev.wheelhouse.bench.Floor], a small server of the same workload without a product around it, measured in the
/// same round. Rounds change the order; a figure is the median of its rounds.
@org.jspecify.annotations.NullMarked
package dev.wheelhouse.bench;
