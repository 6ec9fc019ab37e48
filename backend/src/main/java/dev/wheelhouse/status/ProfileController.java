package dev.wheelhouse.status;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.faults.Faults;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.profiles.Profile;
import dev.wheelhouse.profiles.Profiles;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a replica does with its processor, and what went wrong in it. For admins of the operator's tenant:
/// both are of the whole platform.
@Controller(value = "/api/v1", produces = MediaType.ALL)
final class ProfileController {

    private static final String USUAL = "30";

    /// Its script and style are in the page itself, so it is shown in a box of its own, without our cookies.
    private static final String BOX =
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'";

    private final Profiles profiles;
    private final Faults faults;

    ProfileController(Profiles profiles, Faults faults) {
        this.profiles = profiles;
        this.faults = faults;
    }

    @Post("/profile")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> record(Caller caller, @QueryValue @Nullable String seconds) throws InterruptedException {
        checkOperator(caller);
        int time = Paging.number("seconds", seconds == null ? USUAL : seconds, 1, Profiles.MOST);
        return HttpResponse.ok(profiles.record(caller.tenant(), caller.name(), time))
                .contentType(MediaType.of("text/html; charset=utf-8"))
                .header("Content-Security-Policy", BOX)
                .header("Content-Disposition", "attachment; filename=\"wheelhouse-profile.html\"");
    }

    @Get("/profile")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> latest(Caller caller) {
        checkOperator(caller);
        return JsonResponse.json(new JsonObject()
                .raw(
                        "data",
                        JsonObject.array(profiles.latest().stream()
                                .map(ProfileController::json)
                                .toList()))
                .end());
    }

    @Get("/faults")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> faults(Caller caller) {
        checkOperator(caller);
        var standing = faults.standing();
        return JsonResponse.json(new JsonObject()
                .put("replica", standing.replica())
                .put("sends", standing.sends().name().toLowerCase(Locale.ROOT))
                .put("sent", standing.sent())
                .put("dropped", standing.dropped())
                .raw(
                        "data",
                        JsonObject.array(standing.groups().stream()
                                .map(ProfileController::json)
                                .toList()))
                .end());
    }

    private static void checkOperator(Caller caller) {
        if (!caller.tenant().equals(TenantId.DEFAULT)) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "The tenant \"%s\" may not look at the platform as a whole".formatted(caller.tenant()),
                    "Ask whoever runs it: a key of the tenant \"%s\" can".formatted(TenantId.DEFAULT));
        }
    }

    private static String json(Profile profile) {
        return new JsonObject()
                .put("id", profile.id().toString())
                .put("askedBy", profile.askedBy())
                .put("replica", profile.replica())
                .put("seconds", profile.seconds())
                .time("startedAt", profile.startedAt())
                .time("endedAt", profile.endedAt())
                .raw("bytes", String.valueOf(profile.bytes()))
                .end();
    }

    private static String json(Faults.Group group) {
        return new JsonObject()
                .put("form", group.form())
                .put("error", group.error())
                .put("place", group.place())
                .put("count", group.count())
                .time("firstAt", group.firstAt())
                .time("lastAt", group.lastAt())
                .put("run", group.run())
                .end();
    }
}
