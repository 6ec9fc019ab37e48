package dev.wheelhouse.http;

import dev.wheelhouse.base.Ids;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Gives every request an id that the answer, its problem and the log carry. A client may choose it.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class TagRequests implements Ordered {

    static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "wheelhouse.request-id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    private final Readiness readiness;

    TagRequests(Readiness readiness) {
        this.readiness = readiness;
    }

    @RequestFilter
    void tag(HttpRequest<?> request) {
        id(request);
    }

    @ResponseFilter
    void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header(HEADER, id(request));
        response.header("X-Content-Type-Options", "nosniff");
        response.header("Referrer-Policy", "no-referrer");
        response.header("Vary", "Accept-Encoding");
        if (response.getHeaders().get("Cache-Control") == null) {
            response.header("Cache-Control", "no-store");
        }
        if (readiness.isStopping()) {
            // The next request comes on a new connection, and so to a replica that stays.
            response.header("Connection", "close");
        }
    }

    static String id(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> {
            String id = sane(request.getHeaders().get(HEADER));
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }

    private static String sane(@Nullable String wanted) {
        return wanted != null && SANE.matcher(wanted).matches()
                ? wanted
                : Ids.next().toString();
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.order();
    }
}
