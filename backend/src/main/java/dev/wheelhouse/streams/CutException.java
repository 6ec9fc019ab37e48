package dev.wheelhouse.streams;

/// A stream that ends before its end, on purpose.
final class CutException extends RuntimeException {

    CutException() {
        super("The stream is cut off", null, false, false);
    }
}
