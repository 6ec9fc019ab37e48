package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Template;
import dev.wheelhouse.definitions.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What the expressions of a trigger speak of: `slot` of a schedule; `body`, `headers` and `query` of a webhook;
/// `event` of what happened here. `trigger` is its name in all of them.
///
/// @param names JSON object
record Given(Source.Kind kind, JsonNode names) {

    private static final Map<Source.Kind, Expressions> OVER = new ConcurrentHashMap<>();

    private static Expressions over(Source.Kind kind) {
        return OVER.computeIfAbsent(kind, Given::expressions);
    }

    private static Expressions expressions(Source.Kind kind) {
        var names = new HashMap<String, Expressions.Names>();
        names.put("trigger", Expressions.Names.VALUE);
        switch (kind) {
            case SCHEDULE -> names.put("slot", Expressions.Names.VALUE);
            case WEBHOOK -> {
                names.put("body", Expressions.Names.VALUE);
                names.put("headers", Expressions.Names.TEXTS);
                names.put("query", Expressions.Names.TEXTS);
            }
            case EVENT -> names.put("event", Expressions.Names.ANYTHING);
        }
        return new Expressions(names);
    }

    static List<Expressions.Mistake> conditionMistakes(Source.Kind kind, String text) {
        return over(kind).conditionMistakes(text);
    }

    static List<Expressions.Mistake> mistakes(Source.Kind kind, String text) {
        return over(kind).mistakes(text);
    }

    /// Null where the condition holds, else why the trigger does not fire.
    @Nullable
    String against(Trigger trigger) {
        String when = trigger.when();
        if (when == null) {
            return null;
        }
        try {
            return over(kind).holds(when, values()) ? null : "`when` does not hold";
        } catch (Expressions.NoValueException e) {
            return "`when` has no value: " + e.getMessage();
        }
    }

    /// The input of the run. Throws [Expressions.NoValueException] where an expression has no value.
    JsonNode input(Trigger trigger) {
        if (trigger.input() != null) {
            return Template.of(trigger.input()).fill(over(kind), values());
        }
        return switch (kind) {
            case SCHEDULE -> Json.mapper().createObjectNode();
            case WEBHOOK -> names.path("body");
            case EVENT -> names.path("event");
        };
    }

    private Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        names.properties().forEach(name -> {
            Object value = Values.of(name.getValue());
            values.put(name.getKey(), value == null ? Values.NULL : value);
        });
        return values;
    }
}
