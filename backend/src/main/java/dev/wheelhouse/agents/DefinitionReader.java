package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.Condition;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Expressions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.tools.ForeignTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads an agent's definition from YAML or JSON and reports all its mistakes at once.
final class DefinitionReader {

    private static final int MOST_TOOLS = 100;
    private static final int MOST_COLLECTIONS = 8;
    private static final String SEARCH = "knowledge_search";
    private static final int LONGEST = 100_000;
    static final Set<String> KEYS = Set.of(
            "kind",
            "name",
            "description",
            "instructions",
            "model",
            "tools",
            "limits",
            "whenBusy",
            "approvals",
            "agents",
            "knowledge",
            "http_fetch",
            "temperature",
            "maxOutputTokens",
            "output");

    /// Those of an agent inside another definition.
    static final Set<String> INNER = KEYS.stream()
            .filter(key -> !key.equals("kind") && !key.equals("name"))
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> LIMITS =
            Set.of("steps", "calls", "tokens", "money", "time", "output", "depth", "repeats", "idle");

    static final Set<String> OUTPUT = Set.of("schema");
    static final Set<String> APPROVALS = Set.of("when", "message", "expires", "otherwise", "notRequester");

    private final Set<String> models;
    private final Set<String> tools;

    DefinitionReader(Set<String> models, Set<String> tools) {
        this.models = models;
        this.tools = tools;
    }

    /// With tools of our own only.
    Definition read(String text) {
        return read(text, entry -> null);
    }

    /// @param mistake what is wrong with an entry under `tools` that is no tool of our own
    Definition read(String text, Function<String, ForeignTools.@Nullable Mistake> mistake) {
        return Definitions.read(text, KEYS, fields -> definition(fields, Condition::mistakes, mistake));
    }

    /// Reads a stored definition, which had no mistakes when it was stored. A model or tool that no longer exists is
    /// noticed when it is used. Conditions are not compiled: most processes never need one, and the first takes a
    /// second.
    Definition readStored(String text) {
        return Definitions.readStored(text, KEYS, fields -> definition(fields, when -> List.of(), entry -> null));
    }

    private Definition definition(
            Fields fields,
            Function<String, List<Expressions.Mistake>> judge,
            Function<String, ForeignTools.@Nullable Mistake> mistake) {
        fields.choice("kind", Agents.KIND, List.of(Agents.KIND));
        String name = fields.required("name", 63);
        if (!name.isBlank() && !Definitions.NAME.matcher(name).matches()) {
            fields.mistake("name", noName(name), Definitions.NAME_HINT);
        }
        return definition(name, fields.required("instructions", LONGEST), fields, judge, mistake);
    }

    /// An agent whose place in another definition names it.
    ///
    /// @param instructions those that its place gives it; null where its own key says them
    Definition inner(
            String name,
            @Nullable String instructions,
            Fields fields,
            Function<String, ForeignTools.@Nullable Mistake> mistake) {
        if (!Definitions.NAME.matcher(name).matches()) {
            fields.mistake("", noName(name), Definitions.NAME_HINT);
        }
        String told = instructions == null ? fields.required("instructions", LONGEST) : instructions;
        return definition(name, told, fields, Condition::mistakes, mistake);
    }

    Definition innerStored(String name, Fields fields) {
        return definition(name, fields.text("instructions", "", LONGEST), fields, when -> List.of(), entry -> null);
    }

    private Definition definition(
            String name,
            String instructions,
            Fields fields,
            Function<String, List<Expressions.Mistake>> judge,
            Function<String, ForeignTools.@Nullable Mistake> mistake) {
        String model = fields.text("model", "default", 100);
        if (!models.contains(model)) {
            fields.mistake("model", "There is no model \"%s\"".formatted(model), Suggest.hint(model, models));
        }
        var temperature = fields.number("temperature", 0, 2);
        var most = fields.number("maxOutputTokens", 1, 1_000_000);
        var knowledge = knowledge(fields);
        var granted = granted(fields, mistake, knowledge);
        return new Definition(
                name,
                fields.text("description", "", 500),
                instructions,
                model,
                List.copyOf(granted),
                Definition.Fetch.read(fields.inside("http_fetch", Definition.Fetch.KEYS)),
                agents(fields, granted),
                knowledge,
                limits(fields.inside("limits", LIMITS)),
                NewRun.WhenBusy.valueOf(fields.choice("whenBusy", "reject", List.of("reject", "queue", "interrupt"))
                        .toUpperCase(Locale.ROOT)),
                fields.list("approvals", 50, APPROVALS).stream()
                        .map(rule -> approval(rule, judge))
                        .toList(),
                temperature,
                most == null ? null : most.intValue(),
                outputSchema(fields));
    }

    /// A dot or two underscores are in no name of a tool of our own.
    private List<String> granted(
            Fields fields, Function<String, ForeignTools.@Nullable Mistake> mistake, List<String> knowledge) {
        var written = fields.tree("tools");
        var known = new TreeSet<>(tools);
        for (int at = 0; written != null && written.isArray() && at < written.size(); at++) {
            String entry = written.get(at).asText();
            var wrong = tools.contains(entry) ? null : mistake.apply(entry);
            if (wrong != null) {
                fields.mistakeAt("tools", at, wrong.message(), wrong.hint());
            }
            if (entry.contains(".") || entry.contains("__")) {
                known.add(entry);
            }
        }
        var names = new ArrayList<>(fields.names("tools", MOST_TOOLS, known, "tool"));
        if (names.contains(SEARCH) && knowledge.isEmpty()) {
            fields.mistake(
                    "tools",
                    "\"%s\" needs a list of collections".formatted(SEARCH),
                    "Add `knowledge: [name]` with the collections it may look in");
        }
        if (!knowledge.isEmpty() && !names.contains(SEARCH) && tools.contains(SEARCH)) {
            names.add(SEARCH);
        }
        return names;
    }

    /// Whether they exist is checked when they are searched: collections can be made in any order.
    private static List<String> knowledge(Fields fields) {
        var names = fields.texts("knowledge", 63);
        for (int n = 0; n < names.size(); n++) {
            if (!names.get(n).isEmpty()
                    && !Definitions.NAME.matcher(names.get(n)).matches()) {
                fields.mistakeAt("knowledge", n, noName(names.get(n)), Definitions.NAME_HINT);
            }
        }
        if (names.size() > MOST_COLLECTIONS) {
            fields.mistake(
                    "knowledge",
                    "There are %d collections".formatted(names.size()),
                    "Name at most %d".formatted(MOST_COLLECTIONS));
        }
        return List.copyOf(names);
    }

    private static @Nullable JsonNode outputSchema(Fields fields) {
        var output = fields.inside("output", OUTPUT);
        JsonNode schema = output.tree("schema");
        if (schema == null) {
            if (fields.has("output")) {
                fields.mistake(
                        "output",
                        "\"output\" needs a \"schema\"",
                        "Write the JSON Schema of the answer under it, or leave \"output\" out for text");
            }
            return null;
        }
        Schema.mistakes(schema)
                .forEach(mistake -> output.mistakeIn("schema", mistake.path(), mistake.message(), mistake.hint()));
        return schema;
    }

    private static String noName(String name) {
        return "\"%s\" is not a valid name".formatted(Text.shorten(name, 70));
    }

    /// Whether they exist is checked when they are called: agents can be created in any order.
    private static List<String> agents(Fields fields, List<String> granted) {
        var agents = fields.texts("agents", 100);
        for (int n = 0; n < agents.size(); n++) {
            if (!agents.get(n).isEmpty()
                    && !Definitions.NAME.matcher(agents.get(n)).matches()) {
                fields.mistakeAt("agents", n, noName(agents.get(n)), Definitions.NAME_HINT);
            }
        }
        if (agents.isEmpty() && granted.contains("call_agent")) {
            fields.mistake(
                    "agents",
                    "\"call_agent\" needs a list of agents",
                    "Add `agents: [name]` with the agents it may call");
        }
        return List.copyOf(agents);
    }

    private static Definition.Approval approval(Fields fields, Function<String, List<Expressions.Mistake>> judge) {
        String when = fields.required("when", 2_000);
        if (!when.isEmpty()) {
            judge.apply(when)
                    .forEach(mistake -> fields.mistake(
                            "when",
                            "\"when\", character %d of \"%s\": %s"
                                    .formatted(mistake.column(), Text.shorten(when, 80), mistake.message()),
                            mistake.hint() == null
                                    ? "Write a condition in CEL over tool, args and run"
                                    : mistake.hint()));
        }
        return new Definition.Approval(
                when,
                fields.text("message", "", 500),
                fields.time("expires", Definition.Approval.USUALLY_EXPIRES, Duration.ofDays(30)),
                fields.choice("otherwise", "reject", List.of("reject", "approve")),
                fields.flag("notRequester"));
    }

    private static Definition.Limits limits(Fields fields) {
        var usual = Definition.Limits.USUAL;
        return new Definition.Limits(
                (int) fields.whole("steps", usual.steps(), 1, 1_000),
                (int) fields.whole("calls", usual.calls(), 1, 1_000),
                fields.whole("tokens", usual.tokens(), 1, 100_000_000),
                money(fields.number("money", 0.000_001, 10_000)),
                fields.time("time", usual.time(), Duration.ofDays(7)),
                fields.size("output", usual.output(), 1_000, 1_000_000_000),
                (int) fields.whole("depth", usual.depth(), 0, 10),
                (int) fields.whole("repeats", usual.repeats(), 1, 100),
                (int) fields.whole("idle", usual.idle(), 2, 1_000));
    }

    private static @Nullable Long money(@Nullable Double dollars) {
        return dollars == null ? null : Math.round(dollars * 1_000_000);
    }
}
