package dev.wheelhouse.states;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Reads the states that call something by its name: an agent, a tool or a workflow. The name has to be known, and what
/// is handed over has to fit.
final class ReadCalls {

    private final ReadStates states;
    private final KnownNames known;
    private final boolean isChecked;

    ReadCalls(ReadStates states, KnownNames known, boolean isChecked) {
        this.states = states;
        this.known = known;
        this.isChecked = isChecked;
    }

    private Template value(Fields fields, String key, Naming naming, String otherwise) {
        return naming.value(fields, key, otherwise, isChecked);
    }

    /// The name of something that has to be there.
    private String named(Fields fields, String key, Supplier<Set<String>> known) {
        String name = fields.required(key, 100);
        if (isChecked && !name.isBlank() && !known.get().contains(name)) {
            fields.mistake(
                    key,
                    "There is no %s \"%s\"".formatted(key, Text.shorten(name, 80)),
                    Suggest.hint(name, known.get()));
        }
        return name;
    }

    State agent(State.Way way, Fields fields, Naming naming) {
        String name = named(fields, "agent", states::agents);
        var output = fields.inside("output", Set.of("schema"));
        var schema = output.tree("schema");
        if (fields.has("output") && schema == null) {
            output.mistake("schema", "\"output\" needs a \"schema\"", "Write the JSON Schema of the answer under it");
        } else if (schema != null && isChecked) {
            Schema.mistakes(schema)
                    .forEach(mistake -> output.mistakeIn("schema", mistake.path(), mistake.message(), mistake.hint()));
        }
        return new State.Agent(way, name, value(fields, "input", naming, "\"${input.message}\""), schema);
    }

    State workflow(State.Way way, Fields fields, Naming naming) {
        String name = named(fields, "workflow", () -> withItself(known.workflows()));
        if (isChecked && isCircle(name)) {
            fields.mistake(
                    "workflow",
                    name.equals(states.workflow())
                            ? "Workflow \"%s\" calls itself".formatted(name)
                            : "Workflow \"%s\" calls \"%s\" again".formatted(name, states.workflow()),
                    "Break the circle; states that are done again lead back by next");
        }
        return new State.Workflow(way, name, value(fields, "input", naming, "\"${input}\""));
    }

    private Set<String> withItself(Set<String> others) {
        var all = new TreeSet<>(others);
        all.add(states.workflow());
        return all;
    }

    private boolean isCircle(String name) {
        var reached = new LinkedHashSet<String>();
        var left = new ArrayList<>(List.of(name));
        while (!left.isEmpty()) {
            String one = left.removeLast();
            if (one.equals(states.workflow())) {
                return true;
            }
            if (reached.add(one)) {
                left.addAll(known.calledBy(one));
            }
        }
        return false;
    }

    State tool(State.Way way, Fields fields, Naming naming) {
        String name = named(fields, "tool", known::tools);
        var args = value(fields, "args", naming, "{}");
        var instead = known.insteadOf(name);
        if (instead.isPresent()) {
            fields.mistake(
                    "tool",
                    "A state cannot call the tool \"%s\"".formatted(name),
                    "Write a state with \"%s\" instead".formatted(instead.get().word()));
        } else if (isChecked) {
            checkArguments(fields, name);
        }
        if (way.retry() != null && !known.isRepeatable(name)) {
            fields.mistake(
                    "retry",
                    "The tool \"%s\" must not be called again without asking".formatted(name),
                    "Remove retry, or catch the failure and ask a person");
        }
        return new State.Tool(way, name, args);
    }

    /// The names of arguments; their values are held to the schema when they are known.
    private void checkArguments(Fields fields, String tool) {
        var schema = known.schema(tool).orElse(null);
        var args = fields.tree("args");
        if (schema == null || args != null && !args.isObject()) {
            if (args != null && !args.isTextual()) {
                fields.mistake("args", "\"args\" must be a mapping", "Write {name: value}");
            }
            return;
        }
        var properties = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(properties::add);
        var given = new TreeSet<String>();
        (args == null ? Json.read("{}") : args).fieldNames().forEachRemaining(given::add);
        for (var name : given) {
            if (!properties.contains(name)) {
                fields.mistakeIn(
                        "args",
                        "/" + name,
                        "The tool \"%s\" takes no \"%s\"".formatted(tool, name),
                        Suggest.hint(name, properties));
            }
        }
        schema.path("required").forEach(required -> {
            if (!given.contains(required.asText())) {
                fields.mistake(
                        "args", "The tool \"%s\" needs \"%s\"".formatted(tool, required.asText()), "Add it to args");
            }
        });
    }

    /// The workflows that a machine calls, those of the machines inside it included.
    static Set<String> called(State.Machine machine) {
        var called = new TreeSet<String>();
        machine.states().values().forEach(state -> addCalled(state, called));
        return called;
    }

    private static void addCalled(State state, Set<String> called) {
        switch (state) {
            case State.Workflow workflow -> called.add(workflow.workflow());
            case State.Parallel parallel ->
                parallel.branches().values().forEach(branch -> called.addAll(called(branch)));
            case State.Each each -> called.addAll(called(each.each()));
            case State.Agent _,
                    State.Tool _,
                    State.Approval _,
                    State.Choice _,
                    State.Wait _,
                    State.Assign _,
                    State.Succeed _,
                    State.Fail _ -> {}
        }
        if (state.way().undo() != null) {
            addCalled(state.way().undo(), called);
        }
    }
}
