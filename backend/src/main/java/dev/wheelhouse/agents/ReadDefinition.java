package dev.wheelhouse.agents;

import dev.wheelhouse.approvals.Condition;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.NewRun;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads a definition from YAML or JSON and refuses it with all its mistakes at once.
final class ReadDefinition {

    static final int LONGEST = 200_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([a-z0-9-]+\\.)*[a-z0-9-]+", Pattern.CASE_INSENSITIVE);
    private static final Set<String> KEYS = Set.of(
            "name",
            "description",
            "instructions",
            "model",
            "tools",
            "limits",
            "when_busy",
            "approvals",
            "agents",
            "http_fetch",
            "temperature",
            "max_output_tokens");

    private static final Set<String> LIMITS =
            Set.of("steps", "calls", "tokens", "money", "time", "output", "depth", "repeats", "idle");

    private final Set<String> models;
    private final Set<String> tools;

    ReadDefinition(Set<String> models, Set<String> tools) {
        this.models = models;
        this.tools = tools;
    }

    Definition read(String text) {
        var mistakes = new ArrayList<Mistake>();
        var node = compose(text);
        var fields = new Fields("", node, KEYS, mistakes);
        var definition = definition(fields, Condition::mistakes);
        if (!mistakes.isEmpty()) {
            throw refused(mistakes);
        }
        return definition;
    }

    /// Reads what was stored when it had no mistakes. A model or tool that is gone since then is found out when it is
    /// used. Conditions are not compiled: most processes never need one, and their first takes a second.
    Definition readStored(String text) {
        return definition(new Fields("", compose(text), KEYS, new ArrayList<>()), when -> List.of());
    }

    private static Node compose(String text) {
        if (text.length() > LONGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The definition has %,d characters; %,d are the most".formatted(text.length(), LONGEST));
        }
        return composed(isJson(text) ? text.replace('\t', ' ') : text);
    }

    /// YAML knows no tabs between values, JSON does. Inside a string of valid JSON there are none.
    private static boolean isJson(String text) {
        try {
            return text.stripLeading().startsWith("{") && Json.read(text).isObject();
        } catch (Problem e) {
            return false;
        }
    }

    private static Node composed(String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(LONGEST * 2);
        try {
            for (var event : new Yaml(options).parse(new StringReader(text))) {
                if (event instanceof AliasEvent) {
                    throw refused(List.of(at(
                            event.getStartMark().getLine(),
                            event.getStartMark().getColumn(),
                            "References with * are not read",
                            "Write the value out")));
                }
            }
            var node = new Yaml(options).compose(new StringReader(text));
            if (node == null) {
                throw refused(List.of(at(0, 0, "The definition is empty", "Begin with `name: …`")));
            }
            return node;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw refused(List.of(at(
                    mark == null ? 0 : mark.getLine(),
                    mark == null ? 0 : mark.getColumn(),
                    "This is not YAML: " + Text.shorten(String.valueOf(e.getProblem()), 200),
                    null)));
        } catch (YAMLException e) {
            throw refused(
                    List.of(at(0, 0, "This is not YAML: " + Text.shorten(String.valueOf(e.getMessage()), 200), null)));
        }
    }

    private static Mistake at(int line, int column, String message, @Nullable String hint) {
        return new Mistake("/", line + 1, column + 1, message, hint);
    }

    private static Problem refused(List<Mistake> mistakes) {
        return new Problem(
                ErrorCode.INVALID_DEFINITION,
                mistakes.size() == 1
                        ? "The definition has a mistake"
                        : "The definition has %d mistakes".formatted(mistakes.size()),
                "Correct every line that is named",
                mistakes);
    }

    private Definition definition(Fields fields, Function<String, List<Condition.Mistake>> judge) {
        String name = fields.required("name", 63);
        if (fields.has("name") && !NAME.matcher(name).matches()) {
            fields.mistake(
                    "name",
                    fields.at("name"),
                    "\"%s\" cannot name an agent".formatted(Text.shorten(name, 70)),
                    "Use 1 to 63 of a-z, 0-9 and -, beginning with a letter");
        }
        String model = fields.text("model", "default", 100);
        if (!models.contains(model)) {
            fields.mistake(
                    "model",
                    fields.at("model"),
                    "There is no model \"%s\"".formatted(model),
                    Suggest.hint(model, models));
        }
        var temperature = fields.number("temperature", 0, 2);
        var most = fields.number("max_output_tokens", 1, 1_000_000);
        var granted = fields.names("tools", 100, tools, "tool");
        return new Definition(
                name,
                fields.text("description", "", 500),
                fields.required("instructions", 100_000),
                model,
                List.copyOf(granted),
                hosts(fields.inside("http_fetch", Set.of("allow"))),
                agents(fields, granted),
                limits(fields.inside("limits", LIMITS)),
                NewRun.WhenBusy.valueOf(fields.choice("when_busy", "reject", List.of("reject", "queue", "interrupt"))
                        .toUpperCase(Locale.ROOT)),
                fields
                        .list("approvals", 50, Set.of("when", "message", "expires", "otherwise", "not_requester"))
                        .stream()
                        .map(rule -> approval(rule, judge))
                        .toList(),
                temperature,
                most == null ? null : most.intValue());
    }

    private static List<String> hosts(Fields fields) {
        var hosts = fields.texts("allow", 200);
        for (int n = 0; n < hosts.size(); n++) {
            if (!HOST.matcher(hosts.get(n)).matches()) {
                fields.mistake(
                        "allow/" + n,
                        ((SequenceNode) fields.at("allow")).getValue().get(n),
                        "\"%s\" is no host".formatted(Text.shorten(hosts.get(n), 80)),
                        "Write a host such as example.org or *.example.org, without scheme and path");
            }
        }
        return List.copyOf(hosts);
    }

    /// Whether they exist is seen when they are called: agents are made in any order.
    private static List<String> agents(Fields fields, List<String> granted) {
        var agents = fields.texts("agents", 100);
        for (int n = 0; n < agents.size(); n++) {
            if (!NAME.matcher(agents.get(n)).matches()) {
                fields.mistake(
                        "agents/" + n,
                        ((SequenceNode) fields.at("agents")).getValue().get(n),
                        "\"%s\" cannot name an agent".formatted(Text.shorten(agents.get(n), 70)),
                        "Use 1 to 63 of a-z, 0-9 and -, beginning with a letter");
            }
        }
        if (agents.isEmpty() && granted.contains("call_agent")) {
            fields.mistake(
                    "agents",
                    fields.at("tools"),
                    "The tool \"call_agent\" has nobody to call",
                    "Add `agents: [name]` with those that it may call");
        }
        return List.copyOf(agents);
    }

    private static Definition.Approval approval(Fields fields, Function<String, List<Condition.Mistake>> judge) {
        String when = fields.required("when", 2_000);
        if (!when.isEmpty()) {
            judge.apply(when)
                    .forEach(mistake -> fields.mistake(
                            "when",
                            fields.at("when"),
                            "At character %d of \"%s\": %s"
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
                fields.flag("not_requester"));
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
