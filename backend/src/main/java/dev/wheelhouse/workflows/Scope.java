package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.definitions.Values;
import dev.wheelhouse.runs.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the expressions of one machine see. A branch sees the states of its own and of the machines around it, never
/// those of a branch beside it, which may be faster or slower.
final class Scope {

    private static final Object NOTHING = Map.of();

    private final @Nullable Scope around;
    private final List<String> items;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Object> states = new HashMap<>();
    private @Nullable Object error;

    private Scope(@Nullable Scope around, List<String> items) {
        this.around = around;
        this.items = items;
    }

    /// Of a whole run.
    ///
    /// @param run what is known of it by name
    static Scope of(JsonNode input, Map<String, Object> run) {
        var scope = new Scope(null, List.of());
        scope.values.put("input", value(input));
        scope.values.put("run", run);
        return scope;
    }

    /// Of a branch.
    Scope inner() {
        return new Scope(this, items);
    }

    /// Of one item of a map.
    Scope inner(String as, JsonNode item, int index) {
        var names = new java.util.ArrayList<>(items);
        names.add(as);
        var scope = new Scope(this, List.copyOf(names));
        scope.values.put(as, value(item));
        scope.values.put("index", (long) index);
        return scope;
    }

    private static Object value(JsonNode node) {
        return Objects.requireNonNullElse(Values.of(node), Values.NULL);
    }

    void left(String state, JsonNode output) {
        states.put(state, Map.of("output", value(output)));
    }

    void failed(String state, Failure failure) {
        error = Map.of(
                "code",
                failure.code(),
                "message",
                failure.message(),
                "hint",
                failure.hint() == null ? "" : failure.hint(),
                "state",
                state);
        states.put(state, Map.of("error", error));
    }

    List<String> items() {
        return items;
    }

    /// By name, as expressions take them.
    Map<String, Object> given() {
        var given = new HashMap<String, Object>();
        var all = new HashMap<String, Object>();
        collect(given, all);
        given.put("states", all);
        given.putIfAbsent("error", NOTHING);
        return given;
    }

    private void collect(Map<String, Object> given, Map<String, Object> all) {
        if (around != null) {
            around.collect(given, all);
        }
        given.putAll(values);
        all.putAll(states);
        if (error != null) {
            given.put("error", error);
        }
    }
}
