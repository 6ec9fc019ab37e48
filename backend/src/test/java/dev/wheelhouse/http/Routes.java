package dev.wheelhouse.http;

import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.List;
import java.util.TreeSet;

/// The routes of the running router, not those that somebody wrote down.
public final class Routes {

    private Routes() {}

    public static List<UriRouteInfo<?, ?>> all(TestServer server) {
        var router = server.bean(Router.class);
        return router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(route -> route)
                // The framework has one for each GET. The wire asks for GET.
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .toList();
    }

    public static String name(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString();
        return route.getHttpMethodName() + " " + path;
    }

    public static TreeSet<String> of(TestServer server) {
        var names = new TreeSet<String>();
        all(server).forEach(route -> names.add(name(route)));
        return names;
    }
}
