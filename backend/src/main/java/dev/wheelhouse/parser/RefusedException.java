package dev.wheelhouse.parser;

/// A file that is not read, with the code of the reason.
final class RefusedException extends Exception {

    private final String code;

    RefusedException(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
