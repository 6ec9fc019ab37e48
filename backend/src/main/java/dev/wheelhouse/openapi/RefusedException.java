package dev.wheelhouse.openapi;

/// Why one operation of a document cannot be used; the others may be.
final class RefusedException extends RuntimeException {
    RefusedException(String why) {
        super(why, null, false, false);
    }
}
