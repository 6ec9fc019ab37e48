package dev.wheelhouse.wire;

import dev.wheelhouse.base.Problem;

/// Ends the reading of a request.
final class Refused extends RuntimeException {

    private final Fault fault;

    Refused(Fault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    /// @param mostBytes that the body may have
    Problem problem(int mostBytes) {
        return fault.problem(mostBytes);
    }
}
