/// Metrics of what the platform does, for Prometheus at `/metrics`.
///
/// It listens: [dev.wheelhouse.runs.RunListener] and the listeners of other packages are implemented here, and nobody
/// imports this package. What HTTP measures about itself it tells the same registry.
///
/// **Invariants**: every series about a tenant's work carries the tenant. Labels come from closed sets (states,
/// kinds, tools, agents, models), never from what a client wrote.
@NullMarked
package dev.wheelhouse.telemetry;

import org.jspecify.annotations.NullMarked;
