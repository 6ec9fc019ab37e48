package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import dev.wheelhouse.base.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON as CEL knows values, and back. CEL has whole numbers of 64 bits and doubles.
public final class Values {

    /// Null inside CEL.
    public static final Object NULL = NullValue.NULL_VALUE;

    private Values() {}

    public static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                node.properties().forEach(field -> map.put(field.getKey(), orNull(of(field.getValue()))));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                node.forEach(item -> list.add(orNull(of(item))));
                yield list;
            }
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong()
                        ? (Object) node.longValue()
                        : (Object) node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case NULL, MISSING -> null;
            case STRING, BINARY, POJO -> node.asText();
        };
    }

    /// Inside a list or a map CEL wants its own null.
    private static Object orNull(@Nullable Object value) {
        return value == null ? NullValue.NULL_VALUE : value;
    }

    /// What an expression has put out, as JSON. A time is text as RFC 3339 has it; throws IllegalArgumentException for
    /// what JSON cannot hold.
    static JsonNode json(@Nullable Object value) {
        var nodes = Json.mapper().getNodeFactory();
        return switch (value) {
            case null -> nodes.nullNode();
            case NullValue none -> nodes.nullNode();
            case Boolean flag -> nodes.booleanNode(flag);
            case String text -> nodes.textNode(text);
            case Long number -> nodes.numberNode(number);
            case Double number -> number(number);
            case Number number -> nodes.numberNode(new BigDecimal(number.toString()));
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(item -> array.add(json(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = nodes.objectNode();
                map.forEach((key, item) -> object.set(String.valueOf(key), json(item)));
                yield object;
            }
            case ByteString bytes -> nodes.binaryNode(bytes.toByteArray());
            default -> nodes.textNode(value.toString());
        };
    }

    private static JsonNode number(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON cannot hold the number %s".formatted(number));
        }
        return Json.mapper().getNodeFactory().numberNode(new BigDecimal(Double.toString(number)));
    }
}
