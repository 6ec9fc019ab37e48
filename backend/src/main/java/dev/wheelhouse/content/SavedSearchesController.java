package dev.wheelhouse.content;

import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.search.SavedSearch;
import dev.wheelhouse.search.SavedSearches;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Searches that a caller keeps.
@Controller(value = "/api/v1/search/saved", produces = MediaType.ALL)
final class SavedSearchesController {

    private final SavedSearches searches;

    SavedSearchesController(SavedSearches searches) {
        this.searches = searches;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller) {
        return JsonResponse.json(json(searches.of(caller.tenant(), caller.name())));
    }

    @Put
    @RequiresScope(Scope.READ)
    HttpResponse<String> put(Caller caller, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("data"));
        var names = new HashSet<String>();
        var list = fields.objects("data", Set.of("name", "query")).stream()
                .map(one -> read(one, names))
                .toList();
        if (list.size() > SavedSearch.MOST) {
            fields.refuse(
                    "data", "\"data\" has %d searches".formatted(list.size()), "Keep at most " + SavedSearch.MOST);
        }
        if (!fields.has("data")) {
            fields.refuse("data", "\"data\" is missing", "Send all searches that are to be kept, or an empty list");
        }
        fields.check();
        return JsonResponse.json(json(searches.put(caller.tenant(), caller.name(), list)));
    }

    private static SavedSearch read(Fields one, Set<String> names) {
        String name = Text.storable(one.text("name", SavedSearch.LONGEST_NAME));
        String query = one.textOrNull("query", SavedSearch.LONGEST_QUERY);
        if (!names.add(name)) {
            one.refuse("name", "\"%s\" is there twice".formatted(name), "Give each a name of its own");
        }
        return new SavedSearch(name, query == null ? "" : Text.storable(query));
    }

    private static String json(List<SavedSearch> list) {
        var data = list.stream()
                .map(one -> new JsonObject()
                        .put("name", one.name())
                        .put("query", one.query())
                        .end())
                .toList();
        return new JsonObject().raw("data", JsonObject.array(data)).end();
    }
}
