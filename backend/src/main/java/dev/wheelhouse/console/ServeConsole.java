package dev.wheelhouse.console;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/// Answers with the console where no route of the API does, and for browsers at `/`. Its files are public, so it comes
/// before anybody is asked who they are.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ServeConsole implements Ordered {

    private final ConsoleFiles files;

    ServeConsole(ConsoleFiles files) {
        this.files = files;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> serve(HttpRequest<?> request) {
        boolean noRoute = request.getAttribute(HttpAttributes.ROUTE_MATCH).isEmpty();
        boolean ours = (noRoute || request.getPath().equals("/")) && files.mayAnswer(request);
        return ours ? files.answer(request) : null;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order() - 1;
    }
}
