package dev.wheelhouse.api;

import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.http.JsonResponse;
import dev.wheelhouse.http.Paging;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.models.Model;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/// The aliases that agents name, and what stands behind them.
@Controller(value = "/api/v1/models", produces = MediaType.ALL)
final class ModelsController {

    private final Models models;

    ModelsController(Models models) {
        this.models = models;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(@QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        return JsonResponse.json(
                Paging.json(Paging.cut(models.list(), after, Paging.limit(limit)), ModelsController::json));
    }

    private static String json(Model model) {
        return new JsonObject()
                .put("alias", model.alias())
                .put("demo", model.demo())
                .raw(
                        "targets",
                        JsonObject.array(model.targets().stream()
                                .map(ModelsController::json)
                                .toList()))
                .end();
    }

    private static String json(Model.Target target) {
        return new JsonObject()
                .put("provider", target.provider())
                .put("name", target.name())
                .put("url", target.url())
                .put("state", target.state())
                .raw("prices", target.prices() == null ? null : json(target.prices()))
                .end();
    }

    private static String json(Prices prices) {
        return new JsonObject()
                .put("version", prices.version())
                .put("input", prices.input())
                .put("cachedInput", prices.cachedInput())
                .put("output", prices.output())
                .end();
    }
}
