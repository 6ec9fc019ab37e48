package dev.wheelhouse.wire;

/// Ends the reading of a request.
final class Refused extends RuntimeException {

    private final Fault fault;

    Refused(Fault fault) {
        super(fault.name(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
