package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.agents.Definition.Limits;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import dev.wheelhouse.runs.NewRun;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The front door: reads a workflow's definition from YAML or JSON and reports all its mistakes at once.
public final class States {

    /// The kind of program that a workflow is, and the word in its definition.
    public static final String KIND = "workflow";

    /// Nothing waits longer.
    public static final Duration LONGEST = Duration.ofDays(366);

    static final Set<String> KEYS =
            Set.of("kind", "name", "description", "input", "agents", "start", "states", "limits", "whenBusy");
    private static final Set<String> BODY = Set.of("agents", "start", "states");
    private static final int MOST_AGENTS = 100;
    static final Set<String> LIMITS = Set.of("steps", "calls", "tokens", "money", "time", "depth");

    /// What a run is given where the definition does not say: one text.
    private static final JsonNode MESSAGE = Json.read(
            "{\"type\":\"object\",\"required\":[\"message\"],\"properties\":{\"message\":{\"type\":\"string\"}}}");

    private States() {}

    /// Another form in which a definition says what it consists of, in place of `agents`, `start` and `states`.
    public interface Form {

        /// Where the definition says it.
        String key();

        /// The agents and states that it stands for, with those three keys; mistakes are noted at their places.
        ///
        /// @param known null where a stored definition is read, which has no mistakes
        ObjectNode states(Fields fields, JsonNode input, @Nullable KnownNames known);
    }

    public static Definition read(String text, KnownNames known, Form form) {
        return Definitions.read(text, keys(form), fields -> definition(fields, known, form));
    }

    /// Reads a stored definition, which had no mistakes when it was stored. What is gone since is noticed when it is
    /// used; no expression is compiled before it is.
    public static Definition readStored(String text, Form form) {
        return Definitions.readStored(text, keys(form), fields -> definition(fields, null, form));
    }

    /// The definition in states, as YAML: the text itself where it says them.
    public static String written(String text, Form form) {
        return Definitions.readStored(text, keys(form), fields -> {
            if (!fields.has(form.key())) {
                return text;
            }
            var whole = Json.mapper().createObjectNode();
            for (var key : List.of("kind", "name", "description", "input", "limits", "whenBusy")) {
                if (fields.tree(key) != null) {
                    whole.set(key, fields.tree(key));
                }
            }
            return Definitions.write(whole.setAll(form.states(fields, input(fields), null)));
        });
    }

    private static Set<String> keys(Form form) {
        var keys = new TreeSet<>(KEYS);
        keys.add(form.key());
        return keys;
    }

    /// Notes what is wrong with the expressions in a text of another form, which may speak of these states.
    public static void check(Fields fields, String key, Set<String> states, JsonNode input) {
        var tree = fields.tree(key);
        if (tree != null) {
            new Naming(List.of(), states, input).check(fields, key, Template.of(tree));
        }
    }

    /// Whether a state, and so something that becomes one, may have this name.
    public static boolean isName(String name) {
        return ReadStates.isName(name);
    }

    /// The expressions at a place where these names stand for items.
    public static Expressions over(List<String> items) {
        return Naming.over(items);
    }

    /// The workflows that a machine calls, those of the machines inside it included.
    public static Set<String> called(State.Machine machine) {
        return ReadCalls.called(machine);
    }

    private static Definition definition(Fields fields, @Nullable KnownNames known, Form form) {
        fields.choice("kind", KIND, List.of(KIND));
        String name = fields.required("name", 63);
        if (!name.isBlank() && !Definitions.NAME.matcher(name).matches()) {
            fields.mistake(
                    "name", "\"%s\" is not a valid name".formatted(Text.shorten(name, 70)), Definitions.NAME_HINT);
        }
        var input = input(fields);
        String description = fields.text("description", "", 500);
        var limits = limits(fields.inside("limits", LIMITS));
        var whenBusy =
                NewRun.WhenBusy.valueOf(fields.choice("whenBusy", "reject", List.of("reject", "queue", "interrupt"))
                        .toUpperCase(Locale.ROOT));
        if (!fields.has(form.key())) {
            var agents = agents(fields, known);
            var machine = states(known).whole(fields, name, input, agents.keySet());
            return new Definition(name, description, input, limits, whenBusy, agents, machine);
        }
        for (var key : BODY) {
            if (fields.has(key)) {
                fields.mistake(key, "\"%s\" cannot stand beside \"%s\"".formatted(key, form.key()), "Keep one of them");
            }
        }
        return Definitions.readStored(form.states(fields, input, known).toString(), BODY, body -> {
            var agents = agents(body, null);
            var machine = states(null).whole(body, name, input, agents.keySet());
            return new Definition(name, description, input, limits, whenBusy, agents, machine);
        });
    }

    private static ReadStates states(@Nullable KnownNames known) {
        return known == null ? new ReadStates(NOTHING, false) : new ReadStates(known, true);
    }

    /// The agents that the workflow has for itself.
    private static Map<String, dev.wheelhouse.agents.Definition> agents(Fields fields, @Nullable KnownNames known) {
        var agents = new LinkedHashMap<String, dev.wheelhouse.agents.Definition>();
        var by = known == null ? NOTHING : known;
        fields.named("agents", MOST_AGENTS, Agents.INNER_KEYS)
                .forEach((name, agent) -> agents.put(name, by.agent(name, null, agent)));
        return Collections.unmodifiableMap(agents);
    }

    private static JsonNode input(Fields fields) {
        var schema = fields.tree("input");
        if (schema == null) {
            return MESSAGE;
        }
        if (!schema.isObject()) {
            fields.mistake("input", "\"input\" must be a JSON Schema", "Write {type: object, properties: {…}}");
            return MESSAGE;
        }
        Schema.mistakes(schema)
                .forEach(mistake -> fields.mistakeIn("input", mistake.path(), mistake.message(), mistake.hint()));
        return schema;
    }

    private static Limits limits(Fields fields) {
        var usual = Definition.USUAL;
        var money = fields.number("money", 0.000_001, 10_000);
        return new Limits(
                (int) fields.whole("steps", usual.steps(), 1, 1_000_000),
                (int) fields.whole("calls", usual.calls(), 1, 1_000_000),
                fields.whole("tokens", usual.tokens(), 1, 10_000_000_000L),
                money == null ? null : Math.round(money * 1_000_000),
                fields.time("time", usual.time(), Duration.ofDays(366)),
                usual.output(),
                (int) fields.whole("depth", usual.depth(), 0, 10),
                usual.repeats(),
                usual.idle());
    }

    private static final KnownNames NOTHING = new KnownNames() {
        @Override
        public Set<String> agents() {
            return Set.of();
        }

        @Override
        public dev.wheelhouse.agents.Definition agent(String name, @Nullable String instructions, Fields fields) {
            return Agents.innerStored(name, fields);
        }

        @Override
        public Set<String> tools() {
            return Set.of();
        }

        @Override
        public java.util.Optional<JsonNode> schema(String tool) {
            return java.util.Optional.empty();
        }

        @Override
        public java.util.Optional<State.Kind> insteadOf(String tool) {
            return java.util.Optional.empty();
        }

        @Override
        public boolean isRepeatable(String tool) {
            return true;
        }

        @Override
        public Set<String> workflows() {
            return Set.of();
        }

        @Override
        public Set<String> calledBy(String workflow) {
            return Set.of();
        }
    };
}
