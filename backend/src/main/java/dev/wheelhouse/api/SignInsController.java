package dev.wheelhouse.api;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.http.BasePath;
import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.signins.ComeBack;
import dev.wheelhouse.signins.From;
import dev.wheelhouse.signins.SignIns;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.toolservers.ToolServers;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Signing in to tool servers by OAuth: the way out, the way back, and what servers out there read about this client.
@Controller(value = "/api/v1", produces = MediaType.ALL)
final class SignInsController {

    /// Unlike the console's, it comes along when another site sends the browser back.
    private static final String COOKIE = "wheelhouse_sign_in";

    private static final String CALLBACK = "/api/v1/sign-ins/callback";
    private static final String CLIENT = "/api/v1/sign-ins/client";
    private static final Duration MOST = Duration.ofMinutes(15);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ToolServers servers;
    private final SignIns signIns;

    SignInsController(ToolServers servers, SignIns signIns) {
        this.servers = servers;
        this.signIns = signIns;
    }

    @Post("/tool-servers/{name}/sign-in")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> begin(Caller caller, HttpRequest<?> request, String name, @Body byte @Nullable [] body)
            throws InterruptedException {
        servers.get(caller.tenant(), name);
        var fields = Fields.of(body, Set.of("issuer"));
        String issuer = fields.textOrNull("issuer", 2_000);
        fields.check();
        String browser = request.getCookies()
                .findCookie(COOKIE)
                .map(Cookie::getValue)
                .filter(word -> word.matches("[0-9a-f]{64}"))
                .orElseGet(SignInsController::word);
        var wish = new SignIns.Wish(issuer, base(request) + CALLBACK, base(request) + CLIENT, browser, caller.name());
        var begun = servers.signIn(caller.tenant(), name, wish);
        String json = new JsonObject()
                .put("link", begun.link())
                .put("issuer", begun.issuer())
                .raw("scopes", JsonObject.words(begun.scopes()))
                .end();
        return JsonResponse.json(json).cookie(cookie(request, browser));
    }

    private static String word() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Cookie cookie(HttpRequest<?> request, String word) {
        return Cookie.of(COOKIE, word)
                .path(BasePath.of(request) + "/api/v1/sign-ins")
                .httpOnly(true)
                .sameSite(SameSite.Lax)
                .secure(scheme(request).equals("https"))
                .maxAge(MOST);
    }

    /// As the operator says, else as the browser came.
    private String base(HttpRequest<?> request) {
        String known = signIns.publicUrl();
        if (known != null) {
            return known;
        }
        String origin = request.getHeaders().get("Origin");
        boolean isOrigin = origin != null && origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+");
        String host = request.getHeaders().get("Host");
        return (isOrigin ? origin : scheme(request) + "://" + host) + BasePath.of(request);
    }

    private static String scheme(HttpRequest<?> request) {
        boolean isHttps =
                request.isSecure() || "https".equals(request.getHeaders().get("X-Forwarded-Proto"));
        return isHttps ? "https" : "http";
    }

    /// For whoever began it without a browser, or in another one.
    @Post("/tool-servers/{name}/sign-in/finish")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> finish(Caller caller, String name, @Body byte @Nullable [] body) throws InterruptedException {
        servers.get(caller.tenant(), name);
        var fields = Fields.of(body, Set.of("address"));
        String address = fields.text("address", 10_000);
        fields.check();
        var back = comeBack(query(address));
        return ToolServersController.answer(servers.signedIn(back, From.caller(caller.tenant(), caller.name())));
    }

    private static Map<String, String> query(String address) {
        var fields = new HashMap<String, String>();
        int start = address.indexOf('?');
        for (String field : address.substring(start + 1).replaceAll("#.*", "").split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length == 1 ? "" : decoded(parts[1]));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "The address has a broken percent sign",
                    "Send the whole address to which the browser was sent back, as it is");
        }
    }

    @Delete("/tool-servers/{name}/sign-in")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> signOut(Caller caller, String name) {
        return ToolServersController.answer(servers.signOut(caller.tenant(), name));
    }

    /// Where authorization servers send people back to. What it needs to know of them is in the state and the cookie.
    @Get("/sign-ins/callback")
    @Public
    @TakesAnyQuery
    HttpResponse<String> callback(HttpRequest<?> request) throws InterruptedException {
        var fields = new HashMap<String, String>();
        request.getParameters().forEach((name, values) -> fields.put(name, values.getFirst()));
        String browser =
                request.getCookies().findCookie(COOKIE).map(Cookie::getValue).orElse("");
        String tools = BasePath.of(request) + "/tools";
        try {
            servers.signedIn(comeBack(fields), From.browser(browser));
        } catch (Problem e) {
            return SignInPage.refused(e, tools);
        }
        return HttpResponse.<String>status(HttpStatus.SEE_OTHER)
                .header("Location", tools)
                .header("Cache-Control", "no-store");
    }

    private static ComeBack comeBack(Map<String, String> fields) {
        return new ComeBack(
                fields.getOrDefault("state", ""),
                fields.getOrDefault("code", ""),
                fields.get("iss"),
                fields.getOrDefault("error", ""),
                fields.getOrDefault("error_description", ""));
    }

    @Get("/sign-ins/client")
    @Public
    HttpResponse<String> client(HttpRequest<?> request) {
        return JsonResponse.json(signIns.document(base(request) + CLIENT, base(request) + CALLBACK));
    }
}
