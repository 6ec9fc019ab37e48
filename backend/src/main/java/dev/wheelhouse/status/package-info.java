/// What operators look at: health, readiness, metrics, recent traces, the page of problems.
///
/// Front door: the routes.
///
/// **Invariants**: a door holds no rule. What is public here says nothing of any tenant. Nobody imports this package.
@NullMarked
package dev.wheelhouse.status;

import org.jspecify.annotations.NullMarked;
