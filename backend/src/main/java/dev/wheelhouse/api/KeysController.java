package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.tenants.Tenants;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tenant's keys. Nobody can create a key with a scope that their own key lacks.
@Controller(value = "/api/v1/keys", produces = MediaType.ALL)
final class KeysController {

    private static final List<String> SCOPES =
            Arrays.stream(Scope.values()).map(Scope::word).toList();

    private final Tenants tenants;

    KeysController(Tenants tenants) {
        this.tenants = tenants;
    }

    @Get
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(tenants.keys(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, key -> json(key).end()));
    }

    @Post
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> create(Caller caller, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("name", "scopes", "expiresInDays"));
        String name = fields.text("name", 100);
        var scopes = scopes(fields);
        Integer days = fields.numberOrNull("expiresInDays", 1, 3650);
        fields.check();
        scopes.forEach(caller::require);
        var made = tenants.createKey(caller.tenant(), name, scopes, days == null ? null : Duration.ofDays(days));
        return JsonResponse.created(
                "/api/v1/keys/" + made.key().id(),
                json(made.key()).put("secret", made.secret()).end());
    }

    private static Set<Scope> scopes(Fields fields) {
        var scopes = EnumSet.noneOf(Scope.class);
        JsonNode list = fields.node("scopes");
        if (list == null || !list.isArray() || list.isEmpty()) {
            fields.refuse("scopes", "\"scopes\" must be a list of scopes", "Name some of " + String.join(", ", SCOPES));
            return scopes;
        }
        for (int at = 0; at < list.size(); at++) {
            String word = Text.shorten(list.get(at).asText(), 40);
            if (list.get(at).isTextual() && SCOPES.contains(word)) {
                scopes.add(Scope.values()[SCOPES.indexOf(word)]);
            } else {
                fields.refuse("scopes/" + at, "Unknown scope \"%s\"".formatted(word), Suggest.hint(word, SCOPES));
            }
        }
        return scopes;
    }

    @Delete("/{id}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<?> revoke(Caller caller, String id) {
        tenants.revokeKey(caller.tenant(), Ids.parse("key", id));
        return HttpResponse.noContent();
    }

    private static JsonObject json(Tenants.Key key) {
        return new JsonObject()
                .put("id", key.id().toString())
                .put("name", key.name())
                .put("prefix", key.prefix())
                .raw("scopes", words(key.scopes()))
                .time("createdAt", key.createdAt())
                .time("expiresAt", key.expiresAt())
                .time("lastUsedAt", key.lastUsedAt());
    }

    static String words(Collection<Scope> scopes) {
        return JsonObject.words(scopes.stream().sorted().map(Scope::word).toList());
    }
}
