package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.rest.JsonObject;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;

/// A refusal as clients see it: RFC 9457, or on `/v1/` the shape that OpenAI's clients read.
public final class ProblemBody {

    private static final MediaType PROBLEM = MediaType.of("application/problem+json");

    private static final Duration SOON = Duration.ofHours(1);

    private ProblemBody() {}

    static <T extends MutableHttpResponse<?>> T write(T response, HttpRequest<?> request, Problem problem) {
        if (request.getPath().startsWith("/v1/")) {
            response.body(openAi(problem)).contentType(MediaType.APPLICATION_JSON_TYPE);
        } else {
            response.body(json(problem, request, response.code())).contentType(PROBLEM);
        }
        switch (problem.code()) {
            case UNAUTHENTICATED -> response.header("WWW-Authenticate", "Bearer");
            // OpenAI's clients repeat a request that met 409; a busy thread, or a used key, would only refuse it again.
            case THREAD_BUSY, CONFLICT -> response.header("x-should-retry", "false");
            case OVER_BUDGET -> {
                // Far away, the end of a period is nothing to wait for; the clients above would.
                var after = problem.retryAfter();
                if (after != null && after.compareTo(SOON) <= 0) {
                    response.header("Retry-After", Long.toString(Math.max(1, after.toSeconds() + 1)));
                }
                response.header("x-should-retry", "false");
            }
            case NOT_READY -> response.header("Retry-After", "1");
            default -> {}
        }
        return response;
    }

    private static String json(Problem problem, HttpRequest<?> request, int status) {
        var json = new JsonObject()
                .put(
                        "type",
                        BasePath.of(request) + "/problems#" + problem.code().slug())
                .put("title", problem.code().title())
                .put("status", status)
                .put("detail", problem.message())
                .putIfAny("hint", problem.hint())
                .put("instance", BasePath.of(request) + request.getPath())
                .put("requestId", TagRequests.id(request));
        return json.raw(
                        "errors",
                        JsonObject.array(problem.mistakes().stream()
                                .map(ProblemBody::json)
                                .toList()))
                .end();
    }

    private static String json(Problem.Mistake mistake) {
        var json = new JsonObject().put("path", mistake.path());
        if (mistake.line() > 0) {
            json.put("line", mistake.line());
        }
        if (mistake.column() > 0) {
            json.put("column", mistake.column());
        }
        return json.put("message", mistake.message())
                .putIfAny("hint", mistake.hint())
                .end();
    }

    public static String openAi(Problem problem) {
        String message = said(problem);
        String param = problem.mistakes().isEmpty()
                ? null
                : problem.mistakes().getFirst().path().substring(1);
        var error = new JsonObject()
                .put("message", message)
                .put("type", type(problem.code()))
                .put("param", param)
                .put("code", problem.code().name().toLowerCase(java.util.Locale.ROOT));
        return new JsonObject().raw("error", error.end()).end();
    }

    /// These clients show the message alone, so it says every mistake.
    private static String said(Problem problem) {
        if (problem.mistakes().size() < 2) {
            return problem.hint() == null ? problem.message() : problem.message() + ". " + problem.hint();
        }
        return problem.mistakes().stream()
                .map(mistake -> mistake.path().substring(1) + ": " + mistake.sentences())
                .collect(Collectors.joining(" "));
    }

    private static String type(ErrorCode code) {
        return switch (status(code)) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case TOO_MANY_REQUESTS -> "rate_limit_error";
            case INTERNAL_SERVER_ERROR, SERVICE_UNAVAILABLE -> "server_error";
            default -> "invalid_request_error";
        };
    }

    /// The HTTP status of each code.
    public static HttpStatus status(ErrorCode code) {
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
