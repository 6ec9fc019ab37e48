/// Finds runs by what was said in them and by their properties, newest first or by a figure, on Postgres alone.
///
/// Front door: [dev.wheelhouse.search.Search].
///
/// No index is written while a run goes on. 64 runs that follow each other make a block: one row with every word
/// and property that any of them has, and which of them, under one inverted index (decisions 0036, 0056). A block
/// says where it is worth looking; whether a run matches is decided by the run's own row. Runs that are not in a
/// block yet, and those that had not ended when theirs was made, are looked at directly.
///
/// **Invariants**
/// - A block names no run that its tenant may not see: candidates are read as the tenant that asks.
/// - A block has at least the words of its runs, so that none is missed; more words cost time, never a wrong answer.
/// - A request looks at a bounded number of runs; a page that ends early says where to go on.
@NullMarked
package dev.wheelhouse.search;

import org.jspecify.annotations.NullMarked;
