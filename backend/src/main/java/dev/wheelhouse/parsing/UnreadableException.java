package dev.wheelhouse.parsing;

/// A file that cannot be read, and why.
public final class UnreadableException extends Exception {

    private final Reason reason;

    /// @param detail for people: what was found, without anything the file says
    public UnreadableException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
