package dev.wheelhouse.faults;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One fault, as much of it as may leave the process.
///
/// @param form of the line, with `{}` where its arguments were
/// @param errors the exception and its causes, the outermost first; empty where there was none
/// @param about what it was about, of `tenant`, `run`, `trace` and `request`
record Fault(Instant at, String logger, String form, List<Failure> errors, Map<String, String> about) {

    private static final String OURS = "dev.wheelhouse.";

    /// @param type the name of the exception's class
    /// @param frames the innermost first
    record Failure(String type, List<StackTraceElement> frames) {}

    /// Where in our own code it came up: the innermost frame that is ours, else the logger.
    String place() {
        return errors.stream()
                .flatMap(error -> error.frames().stream())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .findFirst()
                .orElse(logger);
    }

    String type() {
        return errors.isEmpty() ? "" : errors.getFirst().type();
    }

    /// Faults with the same are one: the form of the line, the exception and the place.
    List<String> fingerprint() {
        return List.of(form, type(), place());
    }
}
