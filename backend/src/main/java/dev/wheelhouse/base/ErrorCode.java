package dev.wheelhouse.base;

import java.util.Locale;

/// Every kind of refusal. What an API turns it into (a status, a link) is up to that API.
public enum ErrorCode {
    BAD_REQUEST("Invalid request"),
    UNAUTHENTICATED("Missing or invalid credentials"),
    CSRF_TOKEN_MISSING("Missing or wrong CSRF token"),
    FORBIDDEN("Permission needed"),
    OWN_REQUEST("The requester can't approve"),
    NOT_FOUND("Not found"),
    UNKNOWN_AGENT("Unknown agent"),
    UNKNOWN_WORKFLOW("Unknown workflow"),
    METHOD_NOT_ALLOWED("Method not allowed"),
    THREAD_BUSY("The thread has a run in progress"),
    ALREADY_DECIDED("Already decided"),
    NOT_PAUSABLE("The run has ended"),
    CONFLICT("Conflict with an earlier request"),
    PRECONDITION_FAILED("Changed by somebody else"),
    TOO_LARGE("The body is too large"),
    URI_TOO_LONG("The address is too long"),
    HEADERS_TOO_LARGE("The headers are too large"),
    NOT_ACCEPTABLE("Nothing that is accepted can be sent"),
    EXPECTATION_FAILED("Unknown expectation"),
    UNSUPPORTED_MEDIA_TYPE("Unsupported content type"),
    INVALID_DEFINITION("Invalid definition"),
    INVALID_ARGUMENTS("Invalid arguments"),
    TOOL_FAILED("The tool failed"),
    TOOL_OFF("The tool is off"),
    OVER_BUDGET("Budget limit reached"),
    RATE_LIMITED("Too many requests"),
    INTERNAL("Internal error"),
    NOT_IMPLEMENTED("Not supported"),
    VERSION_NOT_SUPPORTED("Unknown version of HTTP"),
    NOT_READY("Not ready");

    private final String title;

    ErrorCode(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /// The name in problem types and anchors, such as `thread-busy`.
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
