package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.LogContext;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns everything that is thrown into a problem. What nobody expected becomes "Internal error" with the request's
/// id for the client, and the full cause with the same id in the log.
@Singleton
final class ProblemHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable thrown) {
        var problem = problem(request, thrown);
        var response = HttpResponse.status(ProblemBody.status(problem.code()));
        return ProblemBody.write(response, request, problem);
    }

    private static Problem problem(HttpRequest<?> request, Throwable thrown) {
        if (thrown instanceof Problem problem) {
            return problem;
        }
        if (thrown instanceof DatabaseException refused && refused.isPassing()) {
            LOG.warn(
                    "Postgres is unavailable: {}. The client may try again. request={}",
                    refused.getMessage(),
                    TagRequests.id(request));
            return new Problem(ErrorCode.NOT_READY, "Postgres is not answering", "Try again in a moment");
        }
        if (thrown instanceof DatabaseException refused && refused.isAboutTheRows()) {
            LOG.warn(
                    "Postgres refused a value. The client got status 400. request={}", TagRequests.id(request), thrown);
            return new Problem(ErrorCode.BAD_REQUEST, "A value of this request cannot be stored");
        }
        String id = TagRequests.id(request);
        LogContext.duringRequest(
                id,
                () -> LOG.error(
                        "{} {} failed. The client got status 500. request={}",
                        request.getMethodName(),
                        request.getPath(),
                        id,
                        thrown));
        return new Problem(
                ErrorCode.INTERNAL, "Internal error", "Give your operator the request id; the log has the cause");
    }
}
