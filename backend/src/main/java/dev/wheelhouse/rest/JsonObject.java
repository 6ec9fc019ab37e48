package dev.wheelhouse.rest;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a JSON object field after field, straight into text: what is JSON already is not parsed again.
public final class JsonObject {

    private final StringBuilder json;
    private final int begin;

    public JsonObject() {
        this(new StringBuilder(256));
    }

    /// Adds the object to what is there.
    public JsonObject(StringBuilder to) {
        json = to.append('{');
        begin = json.length();
    }

    public JsonObject put(String key, @Nullable String text) {
        if (text == null) {
            return raw(key, null);
        }
        Json.quote(text, begin(key));
        return this;
    }

    public JsonObject put(String key, long number) {
        begin(key).append(number);
        return this;
    }

    public JsonObject put(String key, boolean flag) {
        begin(key).append(flag);
        return this;
    }

    public JsonObject time(String key, @Nullable Instant instant) {
        if (instant == null) {
            return raw(key, null);
        }
        Timestamp.writeMillis(instant, begin(key).append('"'));
        json.append('"');
        return this;
    }

    /// A value that is JSON text.
    public JsonObject raw(String key, @Nullable String value) {
        begin(key).append(value);
        return this;
    }

    private StringBuilder begin(String key) {
        if (json.length() > begin) {
            json.append(',');
        }
        return json.append('"').append(key).append("\":");
    }

    /// Leaves the field out where there is no value.
    public JsonObject rawIfAny(String key, @Nullable String value) {
        return value == null ? this : raw(key, value);
    }

    public JsonObject putIfAny(String key, @Nullable String text) {
        return text == null ? this : put(key, text);
    }

    /// All of the text, with what was there before the object.
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
