package dev.wheelhouse.http;

import dev.wheelhouse.base.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a JSON object field after field, straight into text: what is JSON already is not parsed again.
public final class JsonObject {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final StringBuilder json = new StringBuilder(256).append('{');

    public JsonObject put(String key, @Nullable String text) {
        return raw(key, text == null ? null : Json.quote(text));
    }

    public JsonObject put(String key, long number) {
        return raw(key, Long.toString(number));
    }

    public JsonObject put(String key, boolean flag) {
        return raw(key, Boolean.toString(flag));
    }

    public JsonObject time(String key, @Nullable Instant instant) {
        return raw(key, instant == null ? null : '"' + MILLIS.format(instant) + '"');
    }

    /// A value that is JSON text.
    public JsonObject raw(String key, @Nullable String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        json.append('"').append(key).append("\":").append(value == null ? "null" : value);
        return this;
    }

    /// Leaves the field out where there is no value.
    public JsonObject rawIfAny(String key, @Nullable String value) {
        return value == null ? this : raw(key, value);
    }

    public JsonObject putIfAny(String key, @Nullable String text) {
        return text == null ? this : put(key, text);
    }

    public String end() {
        return json.append('}').toString();
    }

    public static String array(Collection<String> values) {
        return values.stream().collect(Collectors.joining(",", "[", "]"));
    }

    public static String words(Collection<String> texts) {
        return array(texts.stream().map(Json::quote).toList());
    }
}
