package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Run;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Runs as the JSON of OTLP 1.x, `ExportTraceServiceRequest`: ids are hexadecimal, times nanoseconds as text.
final class Otlp {

    private static final int INTERNAL = 1;
    private static final int CLIENT = 3;
    private static final int FAILED = 2;

    private Otlp() {}

    /// @param spans of each run
    static String request(Map<Run, List<RunSpans.Span>> spans, String version, String replica) {
        var all = spans.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(span -> span(entry.getKey(), span)))
                .toList();
        var resource = Map.of(
                "attributes",
                attributes(ordered(
                        "service.name", "wheelhouse", "service.version", version, "service.instance.id", replica)));
        var scope = ordered("scope", ordered("name", "dev.wheelhouse", "version", version), "spans", all);
        return Json.write(
                Map.of("resourceSpans", List.of(ordered("resource", resource, "scopeSpans", List.of(scope)))));
    }

    private static Map<String, Object> span(Run run, RunSpans.Span span) {
        var json = ordered(
                "traceId", run.trace(0).trace(),
                "spanId", span.id(),
                "name", span.name(),
                "kind", span.leavesUs() ? CLIENT : INTERNAL,
                "startTimeUnixNano", nanos(span.start()),
                "endTimeUnixNano", nanos(Objects.requireNonNullElse(span.end(), span.start())),
                "attributes", attributes(span.attributes()));
        if (span.parent() != null) {
            json.put("parentSpanId", span.parent());
        }
        if (span.error() != null) {
            json.put("status", ordered("code", FAILED, "message", span.error()));
        }
        return json;
    }

    private static String nanos(Instant at) {
        return Long.toString(at.getEpochSecond() * 1_000_000_000L + at.getNano());
    }

    /// A 64-bit number is a text in this JSON.
    private static List<Map<String, Object>> attributes(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(entry -> ordered(
                        "key",
                        entry.getKey(),
                        "value",
                        entry.getValue() instanceof Number number
                                ? Map.of("intValue", number.toString())
                                : Map.of("stringValue", entry.getValue().toString())))
                .toList();
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            map.put((String) keysAndValues[at], keysAndValues[at + 1]);
        }
        return map;
    }
}
