package dev.wheelhouse.api;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.budgets.Budget;
import dev.wheelhouse.budgets.BudgetStatus;
import dev.wheelhouse.budgets.Budgets;
import dev.wheelhouse.budgets.NewBudget;
import dev.wheelhouse.budgets.Unit;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.rest.Versions;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What many runs may spend together, and how much of it is left. Time is in seconds here.
@Controller(value = "/api/v1/budgets", produces = MediaType.ALL)
final class BudgetsController {

    private static final long MOST = 1_000_000_000_000_000L;
    private static final int LONGEST_SUBJECT = 200;

    private final Budgets budgets;

    BudgetsController(Budgets budgets) {
        this.budgets = budgets;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(Caller caller, @QueryValue @Nullable String after, @QueryValue @Nullable String limit) {
        var page = Paging.cut(budgets.list(caller.tenant()), after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, BudgetsController::json));
    }

    @Post
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> create(Caller caller, @Body byte @Nullable [] body) {
        var fields = Fields.of(body, Set.of("scope", "subject", "unit", "period", "cap", "note"));
        var scope = word(fields, "scope", Budget.Scope.values(), Budget.Scope::word);
        var unit = word(fields, "unit", Unit.values(), Unit::word);
        var period = word(fields, "period", Budget.Period.values(), Budget.Period::word);
        Long cap = cap(fields, unit);
        if (cap == null && !fields.has("cap")) {
            fields.refuse("cap", "\"cap\" is missing", null);
        }
        String note = fields.textOrNull("note", 500);
        String subject = scope == Budget.Scope.TENANT ? "" : fields.text("subject", LONGEST_SUBJECT);
        fields.check();
        var made = budgets.create(new NewBudget(
                caller.tenant(),
                scope,
                subject,
                unit,
                period,
                cap == null ? 0 : cap,
                note == null ? "" : note,
                caller.name()));
        return JsonResponse.created("/api/v1/budgets/" + made.budget().id(), json(made));
    }

    @Patch("/{id}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<String> change(Caller caller, HttpHeaders headers, String id, @Body byte @Nullable [] body) {
        var budget = budgets.get(caller.tenant(), Ids.parse("budget", id)).budget();
        var fields = Fields.of(body, Set.of("cap", "note"));
        Long cap = cap(fields, budget.unit());
        String note = fields.textOrNull("note", 500);
        fields.check();
        var changed = budgets.change(caller.tenant(), budget.id(), cap, note, Versions.expected(headers));
        return Versions.tag(JsonResponse.json(json(changed)), changed.budget().version());
    }

    @Delete("/{id}")
    @RequiresScope(Scope.ADMIN)
    HttpResponse<?> remove(Caller caller, HttpHeaders headers, String id) {
        budgets.remove(caller.tenant(), Ids.parse("budget", id), Versions.expected(headers));
        return HttpResponse.noContent();
    }

    /// The first of the values after a mistake.
    private static <E> E word(Fields fields, String key, E[] values, Function<E, String> word) {
        List<String> words = Arrays.stream(values).map(word).toList();
        String said = fields.text(key, 40);
        int at = words.indexOf(said);
        if (at < 0 && !said.isEmpty()) {
            fields.refuse(
                    key, "\"%s\" is no %s".formatted(said, key), Suggest.hint(said.toLowerCase(Locale.ROOT), words));
        }
        return values[Math.max(0, at)];
    }

    private static @Nullable Long cap(Fields fields, Unit unit) {
        var node = fields.node("cap");
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0 || node.longValue() > MOST) {
            fields.refuse(
                    "cap",
                    "\"cap\" must be a whole number from 0 to 10^15",
                    "Money is in millionths of a dollar, time in seconds");
            return null;
        }
        return unit == Unit.TIME ? node.longValue() * 1_000 : node.longValue();
    }

    private static String json(BudgetStatus standing) {
        var budget = standing.budget();
        var json = new JsonObject()
                .put("id", budget.id().toString())
                .put("scope", budget.scope().word())
                .put("subject", budget.subject())
                .put("unit", budget.unit().word())
                .put("period", budget.period().word());
        amounts(json.put("cap", shown(budget.unit(), budget.cap())), budget, standing.spent(), standing.reserved());
        json.put("version", budget.version());
        json.time("periodEndsAt", standing.endsAt()).put("note", budget.note()).put("createdBy", budget.createdBy());
        if (budget.subject().equals(Budget.EACH)) {
            json.raw(
                    "subjects",
                    JsonObject.array(standing.subjects().stream()
                            .map(share -> amounts(
                                            new JsonObject().put("subject", share.subject()),
                                            budget,
                                            share.spent(),
                                            share.reserved())
                                    .end())
                            .toList()));
        }
        return json.end();
    }

    private static JsonObject amounts(JsonObject json, Budget budget, long spent, long reserved) {
        var unit = budget.unit();
        return json.put("spent", shown(unit, spent))
                .put("reserved", shown(unit, reserved))
                .put("left", Math.max(0, shown(unit, budget.cap()) - shown(unit, spent) - shown(unit, reserved)));
    }

    /// Seconds that have begun count as whole ones.
    private static long shown(Unit unit, long amount) {
        return unit == Unit.TIME ? Math.ceilDiv(amount, 1_000L) : amount;
    }
}
