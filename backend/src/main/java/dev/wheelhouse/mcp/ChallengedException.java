package dev.wheelhouse.mcp;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Sending;

/// The server wants to know who asks, or that whoever asks may do more. It carried nothing out, so the same
/// can be asked again with other credentials.
public final class ChallengedException extends RuntimeException {

    private final int status;
    private final String challenge;
    private final transient Problem problem;

    ChallengedException(Sending.Head head, String message, String hint) {
        super(message, null, false, false);
        this.status = head.status();
        this.challenge = head.header("www-authenticate");
        this.problem = new Problem(ErrorCode.TOOL_FAILED, message, hint);
    }

    /// 401 or 403.
    public int status() {
        return status;
    }

    /// What `WWW-Authenticate` says, empty where it is silent.
    public String challenge() {
        return challenge;
    }

    /// What to say where no other credentials can be had.
    public Problem problem() {
        return problem;
    }
}
