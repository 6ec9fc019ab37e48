package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What expressions at one place of a workflow may speak of: `input`, `states`, `error` and `run`, and inside a map its
/// item under its name and `index`.
///
/// @param items the names of items here, the innermost last
/// @param states the states of the machine and of those around it
/// @param input the schema of the workflow's input
record Naming(List<String> items, Set<String> states, JsonNode input) {

    static final Set<String> TAKEN = Set.of("input", "states", "error", "run", "index");

    // CEL's own words, which no name may be.
    static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "package",
            "namespace",
            "null",
            "return",
            "true",
            "var",
            "void",
            "while");

    private static final Pattern STRING = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'");
    private static final Pattern STATE = Pattern.compile("(?<![\\w.])states\\.(\\w+)(?:\\.(\\w+))?");
    private static final Pattern INPUT = Pattern.compile("(?<![\\w.])input\\.(\\w+)");
    private static final Set<String> OF_STATES = Set.of("output", "error");
    private static final Map<Set<String>, Expressions> OVER = new ConcurrentHashMap<>();

    /// The expressions at a place where these names stand for items.
    static Expressions over(List<String> items) {
        return OVER.computeIfAbsent(Set.copyOf(items), names -> {
            var known = new HashMap<String, Expressions.Names>();
            known.put("input", Expressions.Names.VALUE);
            known.put("states", Expressions.Names.ANYTHING);
            known.put("error", Expressions.Names.ANYTHING);
            known.put("run", Expressions.Names.ANYTHING);
            if (!names.isEmpty()) {
                known.put("index", Expressions.Names.VALUE);
            }
            names.forEach(name -> known.put(name, Expressions.Names.VALUE));
            return new Expressions(known);
        });
    }

    Expressions over() {
        return over(items);
    }

    /// The same with the states of a machine inside.
    Naming with(Set<String> inner) {
        var all = new TreeSet<>(states);
        all.addAll(inner);
        return new Naming(items, all, input);
    }

    /// The same inside a map.
    Naming with(String item) {
        var all = new java.util.ArrayList<>(items);
        all.add(item);
        return new Naming(List.copyOf(all), states, input);
    }

    /// A value with expressions; notes what is wrong with them, where that is wanted.
    ///
    /// @param otherwise JSON text of what counts where there is none
    Template value(Fields fields, String key, String otherwise, boolean isChecked) {
        var tree = fields.tree(key);
        var template = Template.of(tree == null ? Json.read(otherwise) : tree);
        if (isChecked) {
            check(fields, key, template);
        }
        return template;
    }

    /// Notes what is wrong with the expressions of a value.
    void check(Fields fields, String key, Template template) {
        template.expressions((pointer, text) -> note(fields, key, pointer, text, over().mistakes(text)));
    }

    /// Notes what keeps a text from being a condition.
    void checkCondition(Fields fields, String key, String text) {
        note(fields, key, "", text, over().conditionMistakes(text));
    }

    private void note(Fields fields, String key, String pointer, String text, List<Expressions.Mistake> mistakes) {
        String shown = Text.shorten(text, 80);
        for (var mistake : mistakes) {
            fields.mistakeIn(
                    key,
                    pointer,
                    "Character %d of \"%s\": %s".formatted(mistake.column(), shown, mistake.message()),
                    mistake.hint() == null ? "Write an expression in CEL over " + words() : mistake.hint());
        }
        if (mistakes.isEmpty()) {
            noteNames(fields, key, pointer, text);
        }
    }

    private String words() {
        var words = new TreeSet<>(Set.of("input", "states", "error", "run"));
        words.addAll(items);
        return String.join(", ", words);
    }

    private void noteNames(Fields fields, String key, String pointer, String text) {
        String code = STRING.matcher(text).replaceAll("''");
        STATE.matcher(code).results().forEach(match -> {
            String state = match.group(1);
            String field = match.group(2);
            if (!states.contains(state)) {
                fields.mistakeIn(
                        key, pointer, "There is no state \"%s\" here".formatted(state), Suggest.hint(state, states));
            } else if (field != null && !OF_STATES.contains(field)) {
                fields.mistakeIn(
                        key,
                        pointer,
                        "A state has no \"%s\"".formatted(field),
                        "Write states.%s.output".formatted(state));
            }
        });
        var known = properties();
        INPUT.matcher(code).results().map(match -> match.group(1)).forEach(name -> {
            if (known != null && !known.contains(name)) {
                fields.mistakeIn(key, pointer, "The input has no \"%s\"".formatted(name), Suggest.hint(name, known));
            }
        });
    }

    /// The properties that the input has; null where it may have others.
    private @Nullable Set<String> properties() {
        var more = input.path("additionalProperties");
        if (!input.path("properties").isObject()
                || input.has("patternProperties")
                || more.isObject()
                || more.asBoolean()) {
            return null;
        }
        var names = new TreeSet<String>();
        input.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}
