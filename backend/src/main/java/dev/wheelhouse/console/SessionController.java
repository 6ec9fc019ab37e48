package dev.wheelhouse.console;

import dev.wheelhouse.http.BasePath;
import dev.wheelhouse.http.CallerFilter;
import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.Tenants;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signing the console in with a key, and out.
@Controller(value = "/api/v1/session", produces = MediaType.ALL)
final class SessionController {

    private final Tenants tenants;

    SessionController(Tenants tenants) {
        this.tenants = tenants;
    }

    @Post
    @Public
    HttpResponse<String> signIn(HttpRequest<?> request, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("key"));
        String key = fields.text("key", 200);
        fields.check();
        var session = tenants.signIn(key);
        return JsonResponse.json(json(session.caller(), session))
                .cookie(cookie(request, session.cookie()).maxAge(Duration.ofHours(12)));
    }

    @Get
    @RequiresScope({})
    HttpResponse<String> get(HttpRequest<?> request, Caller caller) {
        return JsonResponse.json(json(caller, CallerFilter.sessionOf(request)));
    }

    @Delete
    @RequiresScope({})
    HttpResponse<?> signOut(HttpRequest<?> request) {
        var session = CallerFilter.sessionOf(request);
        if (session != null) {
            tenants.signOut(session.cookie());
        }
        return HttpResponse.noContent().cookie(cookie(request, "").maxAge(Duration.ZERO));
    }

    private String json(Caller caller, Tenants.@Nullable Session session) {
        return new JsonObject()
                .put("tenant", caller.tenant().name())
                .put("authMode", tenants.mode().word())
                .put("name", caller.name())
                .raw(
                        "scopes",
                        JsonObject.words(caller.scopes().stream()
                                .sorted()
                                .map(Scope::word)
                                .toList()))
                .put("csrfToken", session == null ? null : session.csrfToken())
                .end();
    }

    private static Cookie cookie(HttpRequest<?> request, String value) {
        boolean isHttps =
                request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
        return Cookie.of(CallerFilter.COOKIE, value)
                .path(BasePath.of(request) + "/")
                .httpOnly(true)
                .sameSite(SameSite.Strict)
                .secure(isHttps);
    }
}
