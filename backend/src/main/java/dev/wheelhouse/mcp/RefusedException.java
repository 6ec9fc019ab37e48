package dev.wheelhouse.mcp;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;

/// The server refused whoever asks, in whichever revision: there is no use in trying another.
final class RefusedException extends RuntimeException {

    private final transient Problem problem;

    RefusedException(String message, String hint) {
        super(message, null, false, false);
        this.problem = new Problem(ErrorCode.TOOL_FAILED, message, hint);
    }

    Problem problem() {
        return problem;
    }
}
