package dev.wheelhouse.faults;

import dev.wheelhouse.base.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A fault in Sentry's form: a head, the head of the one item, and the event, a line of JSON each.
///
/// @param release which version of the platform
/// @param server which replica
record Envelope(String release, String server, String environment) {

    static final String TYPE = "application/x-sentry-envelope";

    /// @param id 32 hexadecimal digits, another for each
    String of(Fault fault, String id) {
        String event = Json.write(event(fault, id));
        String head = Json.write(ordered("event_id", id, "sent_at", fault.at().toString()));
        String item = Json.write(ordered(
                "type",
                "event",
                "content_type",
                "application/json",
                "length",
                event.getBytes(StandardCharsets.UTF_8).length));
        return head + "\n" + item + "\n" + event + "\n";
    }

    private Map<String, Object> event(Fault fault, String id) {
        var tags = new TreeMap<>(fault.about());
        tags.put("replica", server);
        var event = ordered(
                "event_id",
                id,
                "timestamp",
                fault.at().toString(),
                "platform",
                "java",
                "level",
                "error",
                "logger",
                fault.logger(),
                "release",
                "wheelhouse@" + release,
                "environment",
                environment,
                "server_name",
                server,
                "transaction",
                fault.place(),
                "logentry",
                Map.of("message", fault.form()),
                "fingerprint",
                fault.fingerprint(),
                "tags",
                tags);
        addErrors(event, fault);
        addTrace(event, fault);
        return event;
    }

    private static void addErrors(Map<String, Object> event, Fault fault) {
        if (!fault.errors().isEmpty()) {
            // The outermost comes last.
            event.put(
                    "exception",
                    Map.of(
                            "values",
                            fault.errors().reversed().stream()
                                    .map(Envelope::exception)
                                    .toList()));
        }
    }

    private static void addTrace(Map<String, Object> event, Fault fault) {
        String trace = fault.about().get("trace");
        if (trace != null && trace.matches("[0-9a-f]{32}")) {
            event.put("contexts", Map.of("trace", Map.of("trace_id", trace, "span_id", trace.substring(16))));
        }
    }

    private static Map<String, Object> exception(Fault.Failure failure) {
        int end = failure.type().lastIndexOf('.');
        var frames = new ArrayList<Object>();
        // The innermost comes last.
        for (var frame : failure.frames().reversed()) {
            frames.add(ordered(
                    "module", frame.getClassName(),
                    "function", frame.getMethodName(),
                    "filename", Objects.requireNonNullElse(frame.getFileName(), ""),
                    "lineno", Math.max(0, frame.getLineNumber()),
                    "in_app", frame.getClassName().startsWith("dev.wheelhouse.")));
        }
        return ordered(
                "type", failure.type().substring(end + 1),
                "module", failure.type().substring(0, Math.max(0, end)),
                "value", "What it says is not sent: it may quote what somebody wrote",
                "stacktrace", Map.of("frames", frames));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
