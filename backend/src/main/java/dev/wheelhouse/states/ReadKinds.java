package dev.wheelhouse.states;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what each kind of state says of itself; those that call something are read by [ReadCalls].
final class ReadKinds {

    private static final Pattern ITEM = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SIGNAL = Definitions.NAME;
    private static final int LONGEST_CONDITION = 2_000;
    private static final int MOST_BRANCHES = 100;
    static final int MOST_AT_ONCE = 100;
    private static final int USUALLY_AT_ONCE = 10;

    private final ReadStates states;
    private final ReadCalls calls;
    private final boolean isChecked;

    ReadKinds(ReadStates states, KnownNames known, boolean isChecked) {
        this.states = states;
        this.calls = new ReadCalls(states, known, isChecked);
        this.isChecked = isChecked;
    }

    State read(State.Kind kind, State.Way way, Fields fields, Naming naming, CheckPaths paths) {
        return switch (kind) {
            case AGENT -> calls.agent(way, fields, naming);
            case TOOL -> calls.tool(way, fields, naming);
            case WORKFLOW -> calls.workflow(way, fields, naming);
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

    private Template value(Fields fields, String key, Naming naming, String otherwise) {
        return naming.value(fields, key, otherwise, isChecked);
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
}
