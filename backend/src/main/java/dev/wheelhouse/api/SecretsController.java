package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.outbound.Destination;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.Versions;
import dev.wheelhouse.secrets.NewSecret;
import dev.wheelhouse.secrets.Secret;
import dev.wheelhouse.secrets.Secrets;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tenant's secrets. A value goes in and never comes out.
@Controller(value = "/api/v1/secrets", produces = MediaType.ALL)
final class SecretsController {

    private static final int LONGEST_VALUE = 16 * 1024;

    private final Secrets secrets;

    SecretsController(Secrets secrets) {
        this.secrets = secrets;
    }

    @Get
    @RequiresScope(Scope.BUILD)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(secrets.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, SecretsController::json));
    }

    @Put("/{name}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> put(Caller caller, HttpHeaders headers, String name, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("value", "hosts", "description"));
        String value = fields.text("value", LONGEST_VALUE);
        var hosts = hosts(fields);
        String description = fields.textOrNull("description", 500);
        fields.check();
        var wanted = new NewSecret(name, value, hosts, description == null ? "" : description);
        var secret = secrets.put(caller.tenant(), wanted, Versions.expected(headers));
        return Versions.tag(JsonResponse.json(json(secret)), Integer.toString(secret.version()));
    }

    private static List<String> hosts(Fields fields) {
        JsonNode list = fields.node("hosts");
        var hosts = new ArrayList<String>();
        if (list == null || !list.isArray()) {
            fields.refuse("hosts", "\"hosts\" must be a list of hosts", "Name where the secret may be sent");
            return hosts;
        }
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at).isTextual()) {
                hosts.add(list.get(at).textValue());
            } else {
                fields.refuse("hosts/" + at, "A host must be text", "Write it as api.example.org");
            }
        }
        return hosts;
    }

    @Delete("/{name}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<?> remove(Caller caller, HttpHeaders headers, String name) {
        secrets.remove(caller.tenant(), name, Versions.expected(headers));
        return HttpResponse.noContent();
    }

    private static String json(Secret secret) {
        return new JsonObject()
                .put("name", secret.name())
                .raw(
                        "hosts",
                        JsonObject.words(secret.hosts().stream()
                                .map(Destination::toString)
                                .toList()))
                .put("description", secret.description())
                .put("version", secret.version())
                .time("createdAt", secret.createdAt())
                .time("updatedAt", secret.updatedAt())
                .end();
    }
}
