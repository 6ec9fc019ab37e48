package dev.wheelhouse.states;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what each kind of state says of itself.
final class ReadKinds {

    private static final Pattern ITEM = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SIGNAL = Definitions.NAME;
    private static final int LONGEST_CONDITION = 2_000;
    private static final int MOST_BRANCHES = 100;
    static final int MOST_AT_ONCE = 100;
    private static final int USUALLY_AT_ONCE = 10;

    private final ReadStates states;
    private final KnownNames known;
    private final boolean isChecked;

    ReadKinds(ReadStates states, KnownNames known, boolean isChecked) {
        this.states = states;
        this.known = known;
        this.isChecked = isChecked;
    }

    State read(State.Kind kind, State.Way way, Fields fields, Naming naming, CheckPaths paths) {
        return switch (kind) {
            case AGENT -> agent(way, fields, naming);
            case TOOL -> tool(way, fields, naming);
            case WORKFLOW -> workflow(way, fields, naming);
            case APPROVAL -> approval(way, fields, naming, paths);
            case CHOICE -> choice(way, fields, naming, paths);
            case PARALLEL -> parallel(way, fields, naming);
            case MAP -> map(way, fields, naming);
            case WAIT -> waiting(way, fields, naming);
            case SET -> new State.Assign(way, value(fields, "set", naming, "{}"));
            case SUCCEED -> {
                var inside = fields.inside("succeed", Set.of("output"));
                yield new State.Succeed(way, value(inside, "output", naming, "null"));
            }
            case FAIL -> {
                var inside = fields.inside("fail", Set.of("code", "message"));
                yield new State.Fail(way, code(inside), value(inside, "message", naming, "\"\""));
            }
        };
    }

    private static String code(Fields fields) {
        String code = fields.text("code", "failed", 63);
        if (!CODE.matcher(code).matches()) {
            fields.mistake(
                    "code",
                    "\"%s\" is not the code of a failure".formatted(Text.shorten(code, 60)),
                    "Use 1 to 63 of a-z, 0-9 and _, starting with a letter");
        }
        return code;
    }

    /// A value with expressions.
    private Template value(Fields fields, String key, Naming naming, String otherwise) {
        var tree = fields.tree(key);
        var template = Template.of(tree == null ? Json.read(otherwise) : tree);
        if (isChecked) {
            naming.check(fields, key, template);
        }
        return template;
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

    private State agent(State.Way way, Fields fields, Naming naming) {
        String name = named(fields, "agent", known::agents);
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

    private State workflow(State.Way way, Fields fields, Naming naming) {
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

    private State tool(State.Way way, Fields fields, Naming naming) {
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

    private State approval(State.Way way, Fields fields, Naming naming, CheckPaths paths) {
        var inside = fields.inside("approval", Set.of("message", "expires", "otherwise", "notRequester"));
        inside.required("message", 4_000);
        String rejected = fields.has("rejected") ? fields.required("rejected", 63) : null;
        if (rejected != null) {
            paths.lead(way.name(), fields, "rejected", rejected);
        }
        return new State.Approval(
                way,
                value(inside, "message", naming, "\"\""),
                value(fields, "input", naming, "{}"),
                inside.time("expires", Duration.ofHours(24), Duration.ofDays(30)),
                inside.choice("otherwise", "reject", List.of("reject", "approve"))
                        .equals("approve"),
                inside.flag("notRequester"),
                rejected);
    }

    private State choice(State.Way way, Fields fields, Naming naming, CheckPaths paths) {
        var cases = new ArrayList<State.Choice.Case>();
        for (var one : fields.list("choice", 100, Set.of("when", "next"))) {
            String when = one.required("when", LONGEST_CONDITION);
            String next = one.required("next", 63);
            if (isChecked && !when.isBlank()) {
                naming.checkCondition(one, "when", when);
            }
            paths.lead(way.name(), one, "next", next);
            cases.add(new State.Choice.Case(when, next));
        }
        if (cases.isEmpty() && fields.isList("choice")) {
            fields.mistake("choice", "There is nothing to choose from", "Add - {when: …, next: …}");
        }
        if (!fields.has("otherwise")) {
            fields.mistake(
                    "",
                    "The choice \"%s\" can fall through: nothing follows where no case holds".formatted(way.name()),
                    "Add otherwise: with the state that follows then");
            return new State.Choice(way, cases, "");
        }
        String otherwise = fields.required("otherwise", 63);
        paths.lead(way.name(), fields, "otherwise", otherwise);
        return new State.Choice(way, cases, otherwise);
    }

    private State parallel(State.Way way, Fields fields, Naming naming) {
        var inside = fields.inside("parallel", Set.of("branches", "join"));
        var branches = new LinkedHashMap<String, State.Machine>();
        if (inside.isList("branches")) {
            var list = inside.list("branches", MOST_BRANCHES, ReadStates.branchKeys());
            for (int at = 0; at < list.size(); at++) {
                branches.put(String.valueOf(at + 1), states.inner(list.get(at), naming));
            }
        } else {
            inside.named("branches", MOST_BRANCHES, ReadStates.branchKeys()).forEach((name, branch) -> {
                if (!ITEM.matcher(name).matches()) {
                    branch.mistake(
                            "", "\"%s\" is not a valid name of a branch".formatted(name), "Use letters and digits");
                }
                branches.put(name, states.inner(branch, naming));
            });
        }
        if (branches.isEmpty()) {
            inside.mistake("branches", "There is no branch", "Add branches: {name: {…}}");
        }
        return new State.Parallel(way, branches, join(inside, branches.size()));
    }

    private static int join(Fields fields, int branches) {
        String word = fields.text("join", "all", 20);
        return switch (word) {
            case "all" -> branches;
            case "any" -> 1;
            default -> {
                if (!word.matches("\\d{1,4}")) {
                    fields.mistake(
                            "join",
                            "\"join\" cannot be \"%s\"".formatted(word),
                            "Use all, any, or how many branches have to succeed");
                    yield branches;
                }
                yield (int) fields.whole("join", branches, 1, Math.max(1, branches));
            }
        };
    }

    private State map(State.Way way, Fields fields, Naming naming) {
        var keys = new TreeSet<>(ReadStates.branchKeys());
        keys.addAll(Set.of("over", "as", "atMost", "tolerate"));
        var inside = fields.inside("map", keys);
        String as = inside.text("as", "item", 63);
        if (!ITEM.matcher(as).matches() || Naming.TAKEN.contains(as) || Naming.RESERVED.contains(as)) {
            inside.mistake(
                    "as", "An item cannot be called \"%s\"".formatted(as), "Use a word of its own, such as item");
        }
        if (!inside.has("over")) {
            inside.mistake("over", "\"over\" is missing", "Add the list, such as ${input.items}");
        }
        return new State.Each(
                way,
                value(inside, "over", naming, "[]"),
                as,
                (int) inside.whole("atMost", USUALLY_AT_ONCE, 1, MOST_AT_ONCE),
                (int) inside.whole("tolerate", 0, 0, 1_000_000),
                states.inner(inside.without(Set.of("over", "as", "atMost", "tolerate")), naming.with(as)));
    }

    private State waiting(State.Way way, Fields fields, Naming naming) {
        var inside = fields.inside("wait", Set.of("for", "until", "signal", "timeout"));
        var found =
                List.of("for", "until", "signal").stream().filter(inside::has).toList();
        if (found.size() != 1) {
            inside.mistake(
                    found.isEmpty() ? "" : found.get(1),
                    found.isEmpty()
                            ? "Nothing is waited for"
                            : "\"wait\" has both %s and %s".formatted(found.get(0), found.get(1)),
                    "Use one of for, until and signal");
            return new State.Wait(way, new State.Wait.Time(Template.of(Json.read("0"))));
        }
        return switch (found.getFirst()) {
            case "for" -> {
                if (!inside.text("for", "", 500).contains("${")) {
                    inside.time("for", Duration.ofSeconds(1), States.LONGEST);
                }
                yield new State.Wait(way, new State.Wait.Time(value(inside, "for", naming, "0")));
            }
            case "until" -> {
                String until = inside.text("until", "", 500);
                if (!until.contains("${") && Times.instant(until) == null) {
                    inside.mistake(
                            "until",
                            "\"%s\" is not a time".formatted(Text.shorten(until, 60)),
                            "Write 2026-12-24T18:00:00Z");
                }
                yield new State.Wait(way, new State.Wait.Until(value(inside, "until", naming, "\"\"")));
            }
            default -> signal(way, inside);
        };
    }

    private static State signal(State.Way way, Fields inside) {
        String name = inside.required("signal", 63);
        if (!name.isBlank() && !SIGNAL.matcher(name).matches()) {
            inside.mistake(
                    "signal", "\"%s\" is not a valid name".formatted(Text.shorten(name, 70)), Definitions.NAME_HINT);
        }
        @Nullable
        Duration timeout =
                inside.has("timeout") ? inside.time("timeout", States.LONGEST, States.LONGEST) : way.timeout();
        var timed =
                new State.Way(way.name(), way.next(), way.retry(), way.catches(), timeout, way.visits(), way.undo());
        return new State.Wait(timed, new State.Wait.Signal(name));
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
