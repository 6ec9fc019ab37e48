/// Metrics of what the platform does, for Prometheus at `/metrics`.
///
/// It only listens: it implements [dev.wheelhouse.runs.RunListener] and the listeners of other packages, and no package
/// imports it. The HTTP server reports its own metrics to the same registry.
///
/// **Invariants**: every series about a tenant's work has the label `tenant`. Label values come from closed
/// sets (states, kinds, tools, agents, models), never from client input.
@NullMarked
package dev.wheelhouse.telemetry;

import org.jspecify.annotations.NullMarked;
