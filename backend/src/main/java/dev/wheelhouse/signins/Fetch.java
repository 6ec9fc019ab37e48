package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Asks authorization servers, whose answers are JSON.
record Fetch(Outbound outbound) {

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 512 << 10;
    private static final String FORM = "application/x-www-form-urlencoded";

    /// @param json an empty object where the answer is none
    record Answer(int status, JsonNode json) {
        boolean isGood() {
            return status / 100 == 2 && json.isObject() && !json.isEmpty();
        }

        String text(String name) {
            var value = json.path(name);
            return value.isValueNode() && !value.isNull() ? value.asText() : "";
        }
    }

    Answer get(Place place, URI uri) {
        var sending = Sending.get(uri.toString(), Map.of("Accept", "application/json"), List.of());
        return send(place, uri, sending);
    }

    Answer post(Place place, URI uri, JsonNode json) {
        var sending = Sending.post(uri.toString(), Map.of("Accept", "application/json"), json.toString());
        return send(place, uri, sending);
    }

    Answer form(Place place, URI uri, Map<String, String> form, List<BoundHeader> bound) {
        var headers = Map.of("Accept", "application/json", "Content-Type", FORM);
        return send(
                place, uri, Sending.post(uri.toString(), headers, encoded(form)).with(bound));
    }

    private Answer send(Place place, URI uri, Sending sending) {
        return outbound.send(sending.within(MOST, MOST_BYTES), place.reach(uri), (head, body) -> {
            String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return new Answer(head.status(), read(text));
        });
    }

    private static JsonNode read(String text) {
        try {
            return Json.read(text);
        } catch (Problem notJson) {
            return Json.mapper().createObjectNode();
        }
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
