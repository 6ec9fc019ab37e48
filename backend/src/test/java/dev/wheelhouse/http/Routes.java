package dev.wheelhouse.http;

import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.List;
import java.util.TreeSet;

/// The routes of the running router, not those that somebody wrote down.
final class Routes {

    private Routes() {}

    static List<UriRouteInfo<?, ?>> all(TestServer server) {
        var router = server.bean(Router.class);
        return router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(route -> route)
                // Each GET answers HEAD too, by the framework.
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .toList();
    }

    static String name(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString();
        return route.getHttpMethodName() + " " + path;
    }

    static TreeSet<String> of(TestServer server) {
        var names = new TreeSet<String>();
        all(server).forEach(route -> names.add(name(route)));
        return names;
    }
}
