package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpAttributes;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteMatch;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Refuses parameters of a query that a route does not know: one that is misspelt would be passed over in silence, and
/// the answer be that to another question.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class KnowQuery implements Ordered {

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getUri().getRawQuery() == null) {
            return;
        }
        RouteMatch<?> route = request.getAttribute(HttpAttributes.ROUTE_MATCH, RouteMatch.class)
                .orElse(null);
        if (route == null
                || route.getAnnotationMetadata().hasAnnotation(TakesAnyQuery.class)
                || !(route.getRouteInfo() instanceof MethodBasedRouteInfo<?, ?> method)) {
            return;
        }
        var known = known(method);
        var mistakes = new TreeSet<>(request.getParameters().names())
                .stream()
                        .filter(name -> !name.isEmpty() && !known.contains(name))
                        .map(name -> mistake(name, known))
                        .toList();
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
    }

    private static Mistake mistake(String name, Set<String> known) {
        return Mistake.at(
                "?" + Text.shorten(name, 60),
                "There is no parameter \"%s\"".formatted(Text.shorten(name, 60)),
                known.isEmpty() ? "This route takes none" : Suggest.hint(name, known));
    }

    private static Set<String> known(MethodBasedRouteInfo<?, ?> route) {
        return Arrays.stream(route.getTargetMethod().getArguments())
                .filter(argument -> argument.getAnnotationMetadata().hasAnnotation(QueryValue.class))
                .map(argument -> argument.getAnnotationMetadata()
                        .stringValue(QueryValue.class)
                        .filter(name -> !name.isEmpty())
                        .orElse(argument.getName()))
                .collect(Collectors.toSet());
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
