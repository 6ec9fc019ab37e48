package dev.wheelhouse.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the states of a workflow and of the machines inside it: their common parts and where they lead. What each kind
/// says of itself is read by [ReadKinds].
final class ReadStates {

    private static final Duration LONGEST = States.LONGEST;
    static final int MOST_STATES = 500;

    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]{0,62}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /// What a state may have beside the key of its kind.
    private static final Map<State.Kind, Set<String>> OWN = Map.ofEntries(
            Map.entry(
                    State.Kind.AGENT, Set.of("input", "output", "next", "retry", "catch", "timeout", "visits", "undo")),
            Map.entry(State.Kind.TOOL, Set.of("args", "next", "retry", "catch", "timeout", "visits", "undo")),
            Map.entry(State.Kind.WORKFLOW, Set.of("input", "next", "retry", "catch", "timeout", "visits", "undo")),
            Map.entry(State.Kind.APPROVAL, Set.of("input", "next", "rejected", "catch", "visits", "undo")),
            Map.entry(State.Kind.CHOICE, Set.of("otherwise", "visits")),
            Map.entry(State.Kind.PARALLEL, Set.of("next", "catch", "timeout", "visits", "undo")),
            Map.entry(State.Kind.MAP, Set.of("next", "catch", "timeout", "visits", "undo")),
            Map.entry(State.Kind.WAIT, Set.of("next", "catch", "timeout", "visits")),
            Map.entry(State.Kind.SET, Set.of("next", "catch", "visits")),
            Map.entry(State.Kind.SUCCEED, Set.of("visits")),
            Map.entry(State.Kind.FAIL, Set.of("visits")));

    static final Set<String> KINDS =
            Arrays.stream(State.Kind.values()).map(State.Kind::word).collect(Collectors.toSet());
    private static final Set<String> STATE = keys();
    private static final Set<String> MACHINE = Set.of("start", "states");
    private static final Set<String> BRANCH = branch();

    private final KnownNames known;
    private final boolean isChecked;
    private final ReadKinds kinds;
    private String workflow = "";
    private Set<String> own = Set.of();

    /// @param isChecked whether names and expressions are looked at
    ReadStates(KnownNames known, boolean isChecked) {
        this.known = known;
        this.isChecked = isChecked;
        this.kinds = new ReadKinds(this, known, isChecked);
    }

    private static Set<String> keys() {
        var keys = new TreeSet<>(KINDS);
        OWN.values().forEach(keys::addAll);
        return Set.copyOf(keys);
    }

    /// A branch is a machine, or a single state.
    private static Set<String> branch() {
        var keys = new TreeSet<>(STATE);
        keys.addAll(MACHINE);
        return Set.copyOf(keys);
    }

    static Set<String> branchKeys() {
        return BRANCH;
    }

    String workflow() {
        return workflow;
    }

    /// The agents that a state may call by name.
    Set<String> agents() {
        var all = new TreeSet<>(known.agents());
        all.addAll(own);
        return all;
    }

    /// The machine of the whole workflow.
    ///
    /// @param agents those that the workflow has for itself
    State.Machine whole(Fields fields, String name, JsonNode input, Set<String> agents) {
        workflow = name;
        own = agents;
        if (!fields.has("states")) {
            fields.mistake("states", "\"states\" is missing", "Add the states, and with start: the first of them");
            return new State.Machine("", new LinkedHashMap<>(), null, List.of());
        }
        return machine(fields, new Naming(List.of(), Set.of(), input), false, null, List.of());
    }

    /// A machine inside a state: with `start` and `states`, or a single state.
    State.Machine inner(Fields fields, Naming naming) {
        if (fields.has("states") || fields.has("start")) {
            for (var key : fields.keys()) {
                if (!MACHINE.contains(key) && !key.equals("retry") && !key.equals("catch")) {
                    fields.mistake(
                            key, "\"%s\" cannot stand beside states".formatted(key), "Write it into one of the states");
                }
            }
            return machine(fields, naming, true, retry(fields), catches(fields));
        }
        var states = new LinkedHashMap<String, State>();
        var paths = new CheckPaths(fields, "do", Map.of("do", fields));
        var state = state("do", fields, naming, paths, true);
        if (fields.has("next") || !catches(fields).isEmpty()) {
            fields.mistake(
                    fields.has("next") ? "next" : "catch",
                    "A single state leads nowhere",
                    "Write start: and states: with the states that it leads to");
        }
        states.put("do", state);
        return new State.Machine("do", states, null, List.of());
    }

    private State.Machine machine(
            Fields fields, Naming around, boolean isInner, State.@Nullable Retry retry, List<State.Catch> catches) {
        var places = fields.named("states", MOST_STATES, STATE);
        if (places.isEmpty() && fields.keys().contains("states")) {
            fields.mistake("states", "There is no state", "Add one");
        }
        String start = fields.has("start") || places.size() != 1
                ? fields.required("start", 63)
                : places.keySet().iterator().next();
        var naming = around.with(places.keySet());
        var paths = new CheckPaths(fields, start, places);
        var states = new LinkedHashMap<String, State>();
        places.forEach((name, place) -> {
            checkName(fields, name);
            states.put(name, state(name, place, naming, paths, isInner));
        });
        for (int at = 0; at < catches.size(); at++) {
            paths.lead(fields, "catch/" + at + "/next", catches.get(at).next());
        }
        if (isChecked) {
            paths.check();
        }
        return new State.Machine(start, states, retry, catches);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !Naming.RESERVED.contains(name);
    }

    private static void checkName(Fields fields, String name) {
        if (!isName(name)) {
            fields.mistakeIn(
                    "states",
                    "/" + name,
                    "\"%s\" is not a valid name of a state".formatted(Text.shorten(name, 70)),
                    "Use 1 to 63 of a-z, A-Z, 0-9 and _, starting with a small letter, so that expressions can name it");
        }
    }

    private State state(String name, Fields fields, Naming naming, CheckPaths paths, boolean isInner) {
        var kind = kind(name, fields);
        if (kind == null) {
            paths.ends(name);
            return new State.Fail(State.Way.alone(name), "failed", Template.of(Json.read("\"\"")));
        }
        for (var key : fields.keys()) {
            if (!key.equals(kind.word())
                    && !KINDS.contains(key)
                    && !OWN.get(kind).contains(key)) {
                fields.mistake(
                        key,
                        "A state with \"%s\" has no \"%s\"".formatted(kind.word(), key),
                        Suggest.hint(key, OWN.get(kind)));
            }
        }
        var way = way(name, kind, fields, naming, isInner);
        if (way.next() != null) {
            paths.lead(name, fields, "next", way.next());
        }
        for (int at = 0; at < way.catches().size(); at++) {
            paths.lead(name, fields, "catch/" + at, way.catches().get(at).next());
        }
        var state = kinds.read(kind, way, fields, naming, paths);
        boolean isEnd = kind.isEnd() || isInner && way.next() == null && kind != State.Kind.CHOICE;
        if (isEnd) {
            paths.ends(name);
        }
        return state;
    }

    private static State.@Nullable Kind kind(String name, Fields fields) {
        var found = fields.keys().stream().filter(KINDS::contains).toList();
        if (found.size() == 1) {
            return State.Kind.valueOf(found.getFirst().toUpperCase(java.util.Locale.ROOT));
        }
        String words = String.join(", ", new TreeSet<>(KINDS));
        if (found.isEmpty()) {
            fields.mistake("", "State \"%s\" does nothing".formatted(name), "Add one of " + words);
        } else {
            fields.mistake(
                    found.get(1),
                    "State \"%s\" has both \"%s\" and \"%s\"".formatted(name, found.get(0), found.get(1)),
                    "Make two states of it");
        }
        return null;
    }

    private State.Way way(String name, State.Kind kind, Fields fields, Naming naming, boolean isInner) {
        String next = fields.has("next") ? fields.required("next", 63) : null;
        if (next == null && !isInner && !kind.isEnd() && kind != State.Kind.CHOICE) {
            fields.mistake(
                    "",
                    "State \"%s\" leads nowhere".formatted(name),
                    "Add next: with the state that follows, such as one with succeed");
        }
        return new State.Way(
                name,
                next,
                retry(fields),
                catches(fields),
                fields.has("timeout") ? fields.time("timeout", LONGEST, LONGEST) : null,
                (int) fields.whole("visits", State.Way.USUAL_VISITS, 1, 10_000),
                fields.has("undo") ? undo(name, fields.inside("undo", STATE), naming) : null);
    }

    /// One agent, tool or workflow.
    private @Nullable State undo(String name, Fields fields, Naming naming) {
        var kind = kind(name, fields);
        if (kind == null) {
            return null;
        }
        if (!kind.acts()) {
            fields.mistake(kind.word(), "\"undo\" must call an agent, a tool or a workflow", "Write undo: {tool: …}");
            return null;
        }
        for (var key : List.of("next", "catch", "undo", "visits")) {
            if (fields.has(key)) {
                fields.mistake(key, "\"undo\" has no \"%s\"".formatted(key), "Remove it");
            }
        }
        var way = new State.Way(name, null, retry(fields), List.of(), null, State.Way.USUAL_VISITS, null);
        return kinds.read(kind, way, fields, naming, new CheckPaths(fields, name, Map.of(name, fields)));
    }

    private static State.@Nullable Retry retry(Fields fields) {
        if (!fields.has("retry")) {
            return null;
        }
        var retry = fields.inside("retry", Set.of("attempts", "delay", "factor", "on"));
        var factor = retry.number("factor", 1, 100);
        return new State.Retry(
                (int) retry.whole("attempts", 3, 2, 100),
                retry.time("delay", Duration.ofSeconds(1), Duration.ofHours(24)),
                factor == null ? 2 : factor,
                codes(retry));
    }

    private static List<State.Catch> catches(Fields fields) {
        var catches = new ArrayList<State.Catch>();
        for (var one : fields.list("catch", 20, Set.of("on", "next"))) {
            catches.add(new State.Catch(codes(one), one.required("next", 63)));
        }
        return List.copyOf(catches);
    }

    private static State.Codes codes(Fields fields) {
        var codes = fields.texts("on", 50);
        for (int at = 0; at < codes.size(); at++) {
            if (!CODE.matcher(codes.get(at)).matches()) {
                fields.mistakeAt(
                        "on",
                        at,
                        "\"%s\" is not the code of a failure".formatted(Text.shorten(codes.get(at), 60)),
                        "Write codes such as timeout or rate_limited, or any");
            }
        }
        return new State.Codes(Set.copyOf(codes));
    }
}
