package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Definition.Limits;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.runs.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The front door: reads a workflow's definition from YAML or JSON and reports all its mistakes at once.
public final class States {

    /// The kind of program that a workflow is, and the word in its definition.
    public static final String KIND = "workflow";

    /// Nothing waits longer.
    public static final Duration LONGEST = Duration.ofDays(366);

    static final Set<String> KEYS =
            Set.of("kind", "name", "description", "input", "start", "states", "limits", "whenBusy");
    static final Set<String> LIMITS = Set.of("steps", "calls", "tokens", "money", "time", "depth");

    /// What a run is given where the definition does not say: one text.
    private static final JsonNode MESSAGE = Json.read(
            "{\"type\":\"object\",\"required\":[\"message\"],\"properties\":{\"message\":{\"type\":\"string\"}}}");

    private States() {}

    public static Definition read(String text, KnownNames known) {
        return Definitions.read(text, KEYS, fields -> definition(fields, new ReadStates(known, true)));
    }

    /// Reads a stored definition, which had no mistakes when it was stored. What is gone since is noticed when it is
    /// used; no expression is compiled before it is.
    public static Definition readStored(String text) {
        return Definitions.readStored(text, KEYS, fields -> definition(fields, new ReadStates(NOTHING, false)));
    }

    /// The expressions at a place where these names stand for items.
    public static Expressions over(List<String> items) {
        return Naming.over(items);
    }

    /// The workflows that a machine calls, those of the machines inside it included.
    public static Set<String> called(State.Machine machine) {
        return ReadKinds.called(machine);
    }

    private static Definition definition(Fields fields, ReadStates states) {
        fields.choice("kind", KIND, List.of(KIND));
        String name = fields.required("name", 63);
        if (!name.isBlank() && !Definitions.NAME.matcher(name).matches()) {
            fields.mistake(
                    "name", "\"%s\" is not a valid name".formatted(Text.shorten(name, 70)), Definitions.NAME_HINT);
        }
        var input = input(fields);
        return new Definition(
                name,
                fields.text("description", "", 500),
                input,
                limits(fields.inside("limits", LIMITS)),
                NewRun.WhenBusy.valueOf(fields.choice("whenBusy", "reject", List.of("reject", "queue", "interrupt"))
                        .toUpperCase(Locale.ROOT)),
                states.whole(fields, name, input));
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
