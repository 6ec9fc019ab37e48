package dev.wheelhouse.base;

import java.util.Locale;

/// Every way in which we refuse; the page `/problems` lists them for users.
public enum ErrorCode {
    BAD_REQUEST(400, "The request cannot be read", "Correct the named field or header and send it again."),
    UNAUTHENTICATED(401, "Credentials are missing or not accepted", "Send `Authorization: Bearer <key>` or sign in."),
    CSRF_TOKEN_MISSING(403, "The session's CSRF token is missing", "Send the session's token as X-CSRF-Token."),
    FORBIDDEN(403, "The key may not do this", "Use a key that has the named scope."),
    OWN_REQUEST(403, "Who asked for the run may not decide", "Have it decided with another key."),
    NOT_FOUND(404, "There is no such thing here", "Check the id and that it belongs to your tenant."),
    UNKNOWN_AGENT(404, "There is no agent of this name", "List the agents; names are lower case with dashes."),
    METHOD_NOT_ALLOWED(405, "This address does not know the method", "Use one of the methods in the Allow header."),
    THREAD_BUSY(
            409, "The thread has a run that has not ended", "Wait for its end, cancel it, or start another thread."),
    ALREADY_DECIDED(409, "The question is no longer open", "Look at the run: it has gone on."),
    NOT_PAUSABLE(409, "The run has ended", "Only runs that have not ended can be paused and resumed."),
    CONFLICT(409, "The request contradicts an earlier one", "Use another Idempotency-Key, or read what is there."),
    TOO_LARGE(413, "The body is too large", "Send less; the limit is in the detail."),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not understood", "Send the named content type."),
    INVALID_DEFINITION(422, "The definition has mistakes", "Correct every line that is named."),
    INVALID_ARGUMENTS(422, "The arguments do not fit the schema", "Correct every field that is named."),
    OVER_BUDGET(429, "A budget is used up", "Wait for its period to end, or have it raised."),
    RATE_LIMITED(429, "Too many requests", "Wait as long as Retry-After says."),
    INTERNAL(500, "Internal error", "Tell your operator the request id; the log has the cause."),
    NOT_READY(503, "The platform is not ready", "Try again in a moment; /ready says what is missing.");

    private final int status;
    private final String title;
    private final String remedy;

    ErrorCode(int status, String title, String remedy) {
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /// HTTP status, 400 to 599.
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String remedy() {
        return remedy;
    }

    /// The name in problem types and anchors, such as `thread-busy`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
