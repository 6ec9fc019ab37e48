package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import io.micronaut.http.HttpStatus;

/// The HTTP status of each code.
public final class ProblemStatus {

    private ProblemStatus() {}

    public static HttpStatus of(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case CSRF_TOKEN_MISSING, FORBIDDEN, OWN_REQUEST -> HttpStatus.FORBIDDEN;
            case NOT_FOUND, UNKNOWN_AGENT, UNKNOWN_WORKFLOW -> HttpStatus.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> HttpStatus.METHOD_NOT_ALLOWED;
            case TOOL_FAILED -> HttpStatus.BAD_GATEWAY;
            case THREAD_BUSY, ALREADY_DECIDED, NOT_PAUSABLE, CONFLICT, TOOL_OFF -> HttpStatus.CONFLICT;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case URI_TOO_LONG -> HttpStatus.REQUEST_URI_TOO_LONG;
            case HEADERS_TOO_LARGE -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            case NOT_ACCEPTABLE -> HttpStatus.NOT_ACCEPTABLE;
            case EXPECTATION_FAILED -> HttpStatus.EXPECTATION_FAILED;
            case TOO_LARGE -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
            case UNSUPPORTED_MEDIA_TYPE -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case INVALID_DEFINITION, INVALID_ARGUMENTS -> HttpStatus.UNPROCESSABLE_ENTITY;
            case OVER_BUDGET, RATE_LIMITED -> HttpStatus.TOO_MANY_REQUESTS;
            case INTERNAL -> HttpStatus.INTERNAL_SERVER_ERROR;
            case NOT_IMPLEMENTED -> HttpStatus.NOT_IMPLEMENTED;
            case VERSION_NOT_SUPPORTED -> HttpStatus.HTTP_VERSION_NOT_SUPPORTED;
            case NOT_READY -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
