package dev.wheelhouse.status;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import dev.wheelhouse.usage.UsageQuery;
import dev.wheelhouse.usage.UsageQuery.Bucket;
import dev.wheelhouse.usage.UsageQuery.By;
import dev.wheelhouse.usage.Usages;
import dev.wheelhouse.usage.Used;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What runs have used, as JSON or as a table for other programs.
@Controller(value = "/api/v1/usage", produces = MediaType.ALL)
final class UsageController {

    private static final String CSV = "text/csv";

    private final Usages usages;
    private final InstantSource clock;

    UsageController(Usages usages, InstantSource clock) {
        this.usages = usages;
        this.clock = clock;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(
            Caller caller,
            @Nullable @Header("Accept") String accept,
            @QueryValue @Nullable String by,
            @QueryValue @Nullable String from,
            @QueryValue @Nullable String to,
            @QueryValue @Nullable String bucket) {
        var query = query(by, from, to, bucket);
        var report = usages.report(caller.tenant(), query);
        return accept != null && accept.contains(CSV)
                ? HttpResponse.ok(csv(report)).contentType(MediaType.of(CSV + "; charset=utf-8"))
                : JsonResponse.json(json(query, report));
    }

    private UsageQuery query(@Nullable String by, @Nullable String from, @Nullable String to, @Nullable String bucket) {
        var mistakes = new ArrayList<Problem.Mistake>();
        var end = time("to", to, clock.instant(), mistakes);
        var begin = time("from", from, end.minus(UsageQuery.USUAL), mistakes);
        var query = new UsageQuery(
                word("by", by, By.NONE, By.values(), By::word, mistakes),
                begin,
                end,
                word("bucket", bucket, Bucket.DAY, Bucket.values(), Bucket::word, mistakes));
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
        return query;
    }

    private static Instant time(String name, @Nullable String text, Instant usual, List<Problem.Mistake> mistakes) {
        try {
            return text == null ? usual : Instant.parse(text);
        } catch (DateTimeParseException e) {
            mistakes.add(Problem.Mistake.at(
                    name,
                    "%s is \"%s\"".formatted(name, Text.shorten(text, 40)),
                    "Send a time such as 2026-11-30T08:00:00Z"));
            return usual;
        }
    }

    private static <T> T word(
            String name,
            @Nullable String text,
            T usual,
            T[] all,
            Function<T, String> word,
            List<Problem.Mistake> mistakes) {
        if (text == null) {
            return usual;
        }
        return Stream.of(all)
                .filter(one -> word.apply(one).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    String shown = Text.shorten(text, 40);
                    mistakes.add(Problem.Mistake.at(
                            name,
                            "%s is \"%s\"".formatted(name, shown),
                            Suggest.hint(shown, Stream.of(all).map(word).toList())));
                    return usual;
                });
    }

    private static String json(UsageQuery query, Usages.Report report) {
        return new JsonObject()
                .put("by", query.by().word())
                .put("bucket", query.bucket().word())
                .time("from", query.from())
                .time("to", query.to())
                .put("isExact", report.isExact())
                .raw(
                        "data",
                        JsonObject.array(
                                report.rows().stream().map(UsageController::row).toList()))
                .end();
    }

    private static String row(Used used) {
        return new JsonObject()
                .time("at", used.at())
                .put("name", used.name())
                .put("runs", used.runs())
                .put("failed", used.failed())
                .put("tokens", used.tokens())
                .raw("cost", RunJson.cost(used.cost()))
                .put("unpriced", used.unpriced())
                .end();
    }

    private static String csv(Usages.Report report) {
        return report.rows().stream()
                .map(used -> "%s,%s,%d,%d,%d,%s,%d"
                        .formatted(
                                used.at(),
                                cell(used.name()),
                                used.runs(),
                                used.failed(),
                                used.tokens(),
                                used.cost() == null ? "" : used.cost(),
                                used.unpriced()))
                .collect(Collectors.joining("\r\n", "at,name,runs,failed,tokens,cost_micro_usd,unpriced\r\n", "\r\n"));
    }

    /// A name that begins like a formula must not be one in a spreadsheet.
    private static String cell(String name) {
        boolean isFormula = !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0;
        String safe = isFormula ? "'" + name : name;
        return safe.matches("[\\w ./:'@-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
