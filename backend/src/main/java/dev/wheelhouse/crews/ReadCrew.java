package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Schema;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.states.KnownNames;
import dev.wheelhouse.states.States;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes states of a crew: one for each task, in their order. A task of a sequential crew is done by its member; all
/// tasks of a hierarchical one go to the manager, who calls the members.
final class ReadCrew implements States.Form {

    static final String KEY = "crew";
    static final Set<String> CREW = Set.of("process", "members", "tasks", "manager");
    static final Set<String> TASK = Set.of("description", "expected_output", "member", "context", "schema");
    private static final String SEQUENTIAL = "sequential";
    static final List<String> PROCESSES = List.of(SEQUENTIAL, "hierarchical");
    private static final int MOST_MEMBERS = 50;
    private static final int MOST_TASKS = 200;
    private static final int LONGEST = 20_000;

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObjectNode states(Fields fields, JsonNode input, @Nullable KnownNames known) {
        return new Reading(fields.inside(KEY, CREW), input, known).states();
    }

    /// One task as it was read.
    ///
    /// @param context the tasks whose outputs it is told
    private record Task(
            String name, Fields fields, @Nullable Member member, Set<String> context) {}

    /// One crew.
    private static final class Reading {

        private final Fields crew;
        private final JsonNode input;
        private final @Nullable KnownNames known;
        private final boolean isLed;
        private final Map<String, Member> members = new LinkedHashMap<>();
        private final Map<String, Task> tasks = new LinkedHashMap<>();

        Reading(Fields crew, JsonNode input, @Nullable KnownNames known) {
            this.crew = crew;
            this.input = input;
            this.known = known;
            this.isLed = !crew.choice("process", SEQUENTIAL, PROCESSES).equals(SEQUENTIAL);
        }

        ObjectNode states() {
            crew.named("members", MOST_MEMBERS, Member.KEYS).forEach((name, fields) -> {
                var member = new Member(name, fields);
                member.check(input, known);
                members.put(name, member);
            });
            var names = crew.named("tasks", MOST_TASKS, TASK);
            names.forEach((name, fields) -> tasks.put(name, task(name, fields, names.keySet())));
            need("members", members.isEmpty(), "member", "researcher: {role: …, goal: …}");
            need("tasks", tasks.isEmpty(), "task", "research: {description: …, member: …}");
            var manager = isLed ? new Manager(crew.inside("manager", Member.LEADING), members.values()) : null;
            if (!isLed && crew.has("manager")) {
                crew.mistake(
                        "manager", "A sequential crew has no manager", "Write process: hierarchical, or remove it");
            }
            if (manager == null) {
                checkUse();
            } else {
                manager.check(input, known);
            }
            return written(manager);
        }

        private void need(String key, boolean isEmpty, String what, String example) {
            if (isEmpty
                    && (!crew.has(key)
                            || !crew.keys().contains(key)
                            || crew.tree(key).isEmpty())) {
                crew.mistake(
                        key, "A crew needs a %s at least".formatted(what), "Add %s: with %s".formatted(key, example));
            }
        }

        private Task task(String name, Fields fields, Set<String> all) {
            if (!States.isName(name)) {
                fields.mistake(
                        "",
                        "\"%s\" is not a valid name of a task".formatted(Text.shorten(name, 70)),
                        "Use 1 to 63 of a-z, A-Z, 0-9 and _, starting with a small letter, so that expressions can name it");
            }
            fields.required("description", LONGEST);
            fields.text("expected_output", "", LONGEST);
            var schema = fields.tree("schema");
            if (schema != null) {
                Schema.mistakes(schema)
                        .forEach(wrong -> fields.mistakeIn("schema", wrong.path(), wrong.message(), wrong.hint()));
            }
            if (known != null) {
                States.check(fields, "description", tasks.keySet(), input);
                States.check(fields, "expected_output", tasks.keySet(), input);
            }
            return new Task(name, fields, member(name, fields), context(name, fields, all));
        }

        private @Nullable Member member(String task, Fields fields) {
            if (!fields.has("member")) {
                if (!isLed) {
                    fields.mistake(
                            "",
                            "Task \"%s\" has nobody to do it".formatted(task),
                            "Add member: with one of " + String.join(", ", members.keySet()));
                }
                return null;
            }
            String name = fields.required("member", 63);
            var member = members.get(name);
            if (member == null && !name.isBlank()) {
                fields.mistake(
                        "member",
                        "There is no member \"%s\"".formatted(Text.shorten(name, 70)),
                        Suggest.hint(name, members.keySet()));
            }
            return member;
        }

        /// Those that are named; all tasks before it where it does not say.
        private Set<String> context(String task, Fields fields, Set<String> all) {
            if (!fields.has("context")) {
                return new LinkedHashSet<>(tasks.keySet());
            }
            var named = fields.texts("context", MOST_TASKS);
            for (int at = 0; at < named.size(); at++) {
                String name = named.get(at);
                if (!all.contains(name)) {
                    fields.mistakeAt(
                            "context",
                            at,
                            "There is no task \"%s\"".formatted(Text.shorten(name, 70)),
                            Suggest.hint(name, all));
                } else if (!tasks.containsKey(name)) {
                    fields.mistakeAt(
                            "context",
                            at,
                            name.equals(task)
                                    ? "Task \"%s\" cannot be told its own output".formatted(task)
                                    : "Task \"%s\" comes after \"%s\"".formatted(name, task),
                            "Tasks are done in their order: name one before it");
                }
            }
            return new LinkedHashSet<>(named);
        }

        private void checkUse() {
            var used = new TreeSet<String>();
            tasks.values()
                    .forEach(task ->
                            used.add(task.member() == null ? "" : task.member().name()));
            members.values().forEach(member -> used.addAll(member.calls()));
            // A task of nobody is told already: it may be theirs.
            boolean isComplete = !used.contains("");
            members.forEach((name, member) -> {
                if (isComplete && !used.contains(name)) {
                    member.fields()
                            .mistake(
                                    "",
                                    "Member \"%s\" has no task".formatted(name),
                                    "Give it one, or remove the member");
                }
                if (!member.calls().isEmpty()) {
                    members.values().stream()
                            .filter(other -> member.calls().contains(other.name()))
                            .forEach(Member::checkIsPlain);
                }
            });
        }

        private ObjectNode written(@Nullable Manager manager) {
            var whole = Json.mapper().createObjectNode();
            var agents = whole.putObject("agents");
            members.values().stream()
                    .filter(member -> !member.isStored())
                    .forEach(member -> agents.set(member.name(), member.agent()));
            if (manager != null) {
                agents.set(manager.name(), manager.agent());
            }
            if (agents.isEmpty()) {
                whole.remove("agents");
            }
            var names = List.copyOf(tasks.keySet());
            whole.put("start", names.isEmpty() ? "" : names.getFirst());
            var states = whole.putObject("states");
            String end = Member.free("done", tasks.keySet());
            for (int at = 0; at < names.size(); at++) {
                var task = tasks.get(names.get(at));
                states.set(task.name(), state(task, manager, at + 1 < names.size() ? names.get(at + 1) : end));
            }
            var done = states.putObject(end).putObject("succeed");
            if (!names.isEmpty()) {
                done.put("output", output(names.getLast()));
            }
            return whole;
        }

        private ObjectNode state(Task task, @Nullable Manager manager, String next) {
            var state = Json.mapper().createObjectNode();
            state.put(
                    "agent",
                    manager != null
                            ? manager.name()
                            : task.member() == null ? "" : task.member().called());
            state.put("input", told(task, manager));
            var schema = task.fields().tree("schema");
            if (schema != null) {
                state.putObject("output").set("schema", schema);
            }
            return state.put("next", next);
        }

        /// What comes before, then what is asked for.
        private String told(Task task, @Nullable Manager manager) {
            var parts = new java.util.ArrayList<String>();
            if (manager == null && task.member() != null) {
                parts.add(task.member().told());
            } else if (manager != null && task.member() != null) {
                parts.add("This task is meant for " + task.member().called() + ".");
            }
            for (var before : task.context()) {
                parts.add("What came of the task \"%s\":\n%s".formatted(before, output(before)));
            }
            String expected = task.fields().text("expected_output", "", LONGEST).strip();
            if (!expected.isEmpty()) {
                parts.add("Expected output: " + expected);
            }
            parts.add("Your task:");
            parts.add(task.fields().text("description", "", LONGEST).strip());
            return String.join(
                    "\n\n", parts.stream().filter(part -> !part.isBlank()).toList());
        }

        private static String output(String task) {
            return "${states.%s.output}".formatted(task);
        }
    }
}
