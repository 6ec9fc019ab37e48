package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How one experiment went.
///
/// @param broke what kept it from its end, or null
/// @param skipped what it needs and did not find, or null
/// @param folder where a failed one leaves its logs
record Result(
        String name,
        String title,
        List<Figures.Figure> figures,
        @Nullable String broke,
        @Nullable String skipped,
        long seed,
        Size size,
        Duration took,
        Instant at,
        Path folder) {

    boolean passed() {
        return broke == null && skipped == null && figures.stream().allMatch(Figures.Figure::passed);
    }

    boolean isSkipped() {
        return skipped != null;
    }

    String line() {
        if (skipped != null) {
            return "%s %s: skipped: %s".formatted(name, title, skipped);
        }
        String told = figures.stream().map(Result::told).collect(Collectors.joining(", "));
        return "%s %s: %s | %s | seed %d%s | %d s%s"
                .formatted(
                        name,
                        title,
                        broke == null ? told : "broke: " + broke,
                        passed() ? "pass" : "FAIL",
                        seed,
                        size == Size.SMALL ? ", small" : "",
                        took.toSeconds(),
                        passed() ? "" : " | see " + folder);
    }

    private static String told(Figures.Figure figure) {
        String bar = figure.bar() == null ? "" : " (" + figure.bar() + ")";
        return figure.name() + " " + figure.written() + bar + (figure.passed() ? "" : " MISSED");
    }

    ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.put("name", name).put("title", title).put("passed", passed());
        if (broke != null) {
            json.put("broke", broke);
        }
        json.put("seed", seed)
                .put("size", size.name().toLowerCase(java.util.Locale.ROOT))
                .put("seconds", took.toSeconds())
                .put("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        var list = json.putArray("figures");
        for (var figure : figures) {
            var one = list.addObject();
            one.put("name", figure.name()).put("value", Math.round(figure.value() * 1000) / 1000.0);
            one.put("written", figure.written());
            if (figure.bar() != null) {
                one.put("bar", figure.bar());
            }
            one.put("passed", figure.passed());
        }
        return json;
    }
}
