package dev.wheelhouse.mcp;

/// The server no longer knows the session; it did not carry out what was asked.
final class LostSessionException extends RuntimeException {
    LostSessionException() {
        super("The session is lost", null, false, false);
    }
}
