package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.UnsupportedMediaException;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.TreeSet;

/// Gives the framework's own refusals (no route, wrong method, wrong type, too large) the shape of ours.
@Singleton
final class FrameworkProblems implements ErrorResponseProcessor<Object> {

    @Override
    @SuppressWarnings("unchecked")
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        var request = context.getRequest();
        var problem = context.getRootCause().orElse(null) instanceof UnsupportedMediaException e
                ? wrongType(request, e)
                : problem(request, response, said(context));
        ProblemBody.write(response, request, problem);
        return (MutableHttpResponse<Object>) response;
    }

    private static Problem wrongType(HttpRequest<?> request, UnsupportedMediaException e) {
        String sent = String.valueOf(request.getHeaders().get("Content-Type"));
        return new Problem(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "\"%s\" does not accept the content type \"%s\"".formatted(asked(request), Text.shorten(sent, 100)),
                "Send " + String.join(" or ", new TreeSet<>(e.getAcceptableContentTypes())));
    }

    private static String asked(HttpRequest<?> request) {
        return "%s %s".formatted(request.getMethodName(), Text.shorten(request.getPath(), 200));
    }

    private static String said(ErrorContext context) {
        return context.getErrors().isEmpty()
                ? ""
                : Text.shorten(context.getErrors().getFirst().getMessage(), 300);
    }

    private static Problem problem(HttpRequest<?> request, MutableHttpResponse<?> response, String said) {
        String asked = asked(request);
        return switch (response.code()) {
            case 401 -> new Problem(ErrorCode.UNAUTHENTICATED, said);
            case 403 -> new Problem(ErrorCode.FORBIDDEN, said);
            case 404 ->
                new Problem(
                        ErrorCode.NOT_FOUND,
                        "There is no route \"%s\"".formatted(asked),
                        BasePath.of(request) + "/openapi.json lists the routes");
            case 405 ->
                new Problem(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "\"%s\" is not supported".formatted(asked),
                        "Use one of: "
                                + String.valueOf(response.getHeaders().get("Allow"))
                                        .replaceAll(",\\s*", ", "));
            case 413 -> new Problem(ErrorCode.TOO_LARGE, said, "Send less");
            default ->
                response.code() < 500
                        ? badRequest(said)
                        : new Problem(
                                ErrorCode.INTERNAL,
                                "Internal error",
                                "Give your operator the request id; the log has the cause");
        };
    }

    private static Problem badRequest(String said) {
        return said.startsWith("Required Body")
                ? new Problem(ErrorCode.BAD_REQUEST, "The body is empty", "Send one, as the route's description shows")
                : new Problem(ErrorCode.BAD_REQUEST, said);
    }
}
