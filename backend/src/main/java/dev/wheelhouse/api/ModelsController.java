package dev.wheelhouse.api;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.models.Model;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.Prices;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;
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

    /// Three small calls of the model, each with what came back.
    @Post("/{alias}/test")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> test(Caller caller, @PathVariable String alias) throws InterruptedException {
        if (!models.has(alias)) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no model \"%s\"".formatted(Text.shorten(alias, 60)),
                    Suggest.hint(alias, models.aliases()));
        }
        return JsonResponse.json(new JsonObject()
                .put("alias", alias)
                .raw(
                        "trials",
                        JsonObject.array(models.test(caller.tenant(), alias).stream()
                                .map(ModelsController::json)
                                .toList()))
                .raw("targets", targets(alias))
                .end());
    }

    /// As they are after the trials, which may have taught something.
    private String targets(String alias) {
        return JsonObject.array(models.list().stream()
                .filter(model -> model.alias().equals(alias))
                .flatMap(model -> model.targets().stream())
                .map(ModelsController::json)
                .toList());
    }

    private static String json(Model.Trial trial) {
        var reply = trial.reply();
        var error = trial.passed()
                ? null
                : new JsonObject()
                        .put("code", trial.code())
                        .put("message", trial.wrong())
                        .put("hint", trial.hint())
                        .end();
        return new JsonObject()
                .put("question", trial.question().word())
                .put("passed", trial.passed())
                .put("durationMs", trial.took().toMillis())
                .put("text", reply == null ? null : Text.shorten(reply.text(), 500))
                .raw(
                        "toolCalls",
                        JsonObject.array(
                                reply == null
                                        ? List.of()
                                        : reply.toolCalls().stream()
                                                .map(call -> new JsonObject()
                                                        .put("name", call.tool())
                                                        .put("arguments", call.arguments())
                                                        .end())
                                                .toList()))
                .put("provider", reply == null ? null : reply.provider())
                .put("name", reply == null ? null : reply.name())
                .put("tries", reply == null ? 0 : reply.tries())
                .put("inputTokens", reply == null ? 0 : reply.use().input())
                .put("outputTokens", reply == null ? 0 : reply.use().output())
                .raw("error", error)
                .end();
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
                .raw(
                        "learnt",
                        JsonObject.array(target.learnt().stream()
                                .sorted()
                                .map(one -> Json.quote(one.word()))
                                .toList()))
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
