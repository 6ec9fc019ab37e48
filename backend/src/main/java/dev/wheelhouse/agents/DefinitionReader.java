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
import dev.wheelhouse.tools.FetchHeader;
import dev.wheelhouse.tools.ForeignTools;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an agent's definition from YAML or JSON and reports all its mistakes at once.
final class DefinitionReader {

    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([a-z0-9-]+\\.)*[a-z0-9-]+", Pattern.CASE_INSENSITIVE);
    private static final String HOST_HINT = "Write a host such as example.org or *.example.org, without scheme or path";
    private static final Pattern HEADER = Pattern.compile(
            "(?!(?:host|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|proxy-.*)$)"
                    + "[a-z0-9!#$%&'*+.^_`|~-]+",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BAD_REFERENCE = Pattern.compile("secret://(?![a-z])");
    private static final int MOST_TOOLS = 100;
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
            "http_fetch",
            "temperature",
            "maxOutputTokens",
            "output");

    static final Set<String> LIMITS =
            Set.of("steps", "calls", "tokens", "money", "time", "output", "depth", "repeats", "idle");

    static final Set<String> HTTP_FETCH = Set.of("allow", "headers");
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
        String model = fields.text("model", "default", 100);
        if (!models.contains(model)) {
            fields.mistake("model", "There is no model \"%s\"".formatted(model), Suggest.hint(model, models));
        }
        var temperature = fields.number("temperature", 0, 2);
        var most = fields.number("maxOutputTokens", 1, 1_000_000);
        var granted = granted(fields, mistake);
        return new Definition(
                name,
                fields.text("description", "", 500),
                fields.required("instructions", 100_000),
                model,
                List.copyOf(granted),
                fetch(fields.inside("http_fetch", HTTP_FETCH)),
                agents(fields, granted),
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
    private List<String> granted(Fields fields, Function<String, ForeignTools.@Nullable Mistake> mistake) {
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
        return fields.names("tools", MOST_TOOLS, known, "tool");
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

    private static Definition.Fetch fetch(Fields fields) {
        return new Definition.Fetch(
                hosts(fields),
                fields.list("headers", 20, Set.of("to", "name", "value")).stream()
                        .map(DefinitionReader::header)
                        .toList());
    }

    /// Whether a secret exists is checked when it is used: secrets can be set and removed at any time.
    private static FetchHeader header(Fields fields) {
        String to = fields.required("to", 253);
        if (!to.isEmpty() && !HOST.matcher(to).matches()) {
            fields.mistake("to", notAHost(to), HOST_HINT);
        }
        String name = fields.required("name", 64);
        if (!name.isEmpty() && !HEADER.matcher(name).matches()) {
            fields.mistake(
                    "name",
                    "\"%s\" is not a header you can set".formatted(Text.shorten(name, 64)),
                    "Use a header such as Authorization; connection headers such as Host cannot be set");
        }
        String value = fields.required("value", 2_000);
        if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            fields.mistake(
                    "value",
                    "A header value must be one line of printable ASCII characters",
                    "Write it without line breaks");
        } else if (BAD_REFERENCE.matcher(value).find()) {
            fields.mistake(
                    "value", "\"secret://\" must be followed by the name of a secret", "Write secret://my-token");
        }
        return new FetchHeader(to, name, value);
    }

    private static String notAHost(String text) {
        return "\"%s\" is not a host name".formatted(Text.shorten(text, 80));
    }

    private static List<String> hosts(Fields fields) {
        var hosts = fields.texts("allow", 200);
        for (int n = 0; n < hosts.size(); n++) {
            if (!HOST.matcher(hosts.get(n)).matches()) {
                fields.mistakeAt("allow", n, notAHost(hosts.get(n)), HOST_HINT);
            }
        }
        return List.copyOf(hosts);
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
