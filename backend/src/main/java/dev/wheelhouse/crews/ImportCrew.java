package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Makes a crew of CrewAI's `agents.yaml` and `tasks.yaml`: names, roles, tasks and their order stay; what lives in
/// Python or has no counterpart here is listed.
final class ImportCrew {

    private final Crews.Files files;
    private final boolean isLed;
    private final Map<String, JsonNode> agents;
    private final Map<String, JsonNode> tasks;
    private final Map<String, String> members = new LinkedHashMap<>();
    private final Map<String, String> taskNames = new LinkedHashMap<>();
    private final Placeholders placeholders = new Placeholders();
    private final ImportKeys keys;
    private final List<Crews.Left> left = new ArrayList<>();

    ImportCrew(Crews.Files files, Crews.Here here) {
        this.files = files;
        this.isLed = isLed(files.process());
        this.agents = entries("agents", files.agents());
        this.tasks = entries("tasks", files.tasks());
        this.keys = new ImportKeys(here, left);
        name(agents.keySet(), members, ImportCrew::memberName);
        name(tasks.keySet(), taskNames, ImportCrew::taskName);
    }

    private static boolean isLed(@Nullable String process) {
        String word = process == null ? "sequential" : process.strip().replaceFirst("^Process\\.", "");
        if (!ReadCrew.PROCESSES.contains(word)) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "\"process\" cannot be \"%s\"".formatted(Text.shorten(word, 40)),
                    "Use one of " + String.join(", ", ReadCrew.PROCESSES));
        }
        return word.equals("hierarchical");
    }

    /// The mappings of a file by name. Some keep them under a key of the file's name, or as a list with names.
    private static Map<String, JsonNode> entries(String file, String text) {
        JsonNode tree;
        try {
            tree = Definitions.tree(text, Definitions.LONGEST);
        } catch (Problem e) {
            throw refused(
                    file,
                    e.mistakes().isEmpty()
                            ? e.message()
                            : e.mistakes().getFirst().message());
        }
        JsonNode inner = tree.size() == 1 && tree.path(file).isContainerNode() ? tree.get(file) : tree;
        var entries = new LinkedHashMap<String, JsonNode>();
        if (inner.isArray()) {
            for (var one : inner) {
                String name = one.path("name").asText(one.path("role").asText(file + entries.size()));
                entries.put(name, one);
            }
        } else {
            inner.properties().stream()
                    .filter(one -> one.getValue().isObject())
                    .forEach(one -> entries.put(one.getKey(), one.getValue()));
        }
        if (entries.isEmpty()) {
            throw refused(file, "It has no %s".formatted(file));
        }
        return entries;
    }

    private static Problem refused(String file, String why) {
        String message = "%s.yaml cannot be read. %s".formatted(file, why);
        String hint = "Send the file of a CrewAI project as it is: a mapping with one entry for each";
        return new Problem(
                ErrorCode.INVALID_DEFINITION, message, hint, List.of(Problem.Mistake.at("/" + file, message, hint)));
    }

    private static void name(Set<String> given, Map<String, String> names, UnaryOperator<String> form) {
        var taken = new TreeSet<String>();
        for (var one : given) {
            String name = Member.free(form.apply(one), taken);
            taken.add(name);
            names.put(one, name);
        }
    }

    private static String memberName(String given) {
        String name = given.strip()
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return Text.shorten(name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "member-" + name : name, 50)
                .replaceAll("[^a-z0-9]+$", "");
    }

    private static String taskName(String given) {
        String plain = given.strip().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String name = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "task_" + plain : plain;
        String cut = name.length() > 50 ? name.substring(0, 50) : name;
        String small = Character.toLowerCase(cut.charAt(0)) + cut.substring(1);
        return dev.wheelhouse.states.States.isName(small) ? small : small + "_task";
    }

    Crews.Imported crew() {
        var whole = Json.mapper().createObjectNode();
        whole.put("kind", "workflow");
        whole.put("name", files.name());
        whole.put("description", "Imported from CrewAI");
        var crew = Json.mapper().createObjectNode();
        crew.put("process", isLed ? "hierarchical" : "sequential");
        var written = crew.putObject("members");
        agents.forEach((key, agent) -> written.set(name(members, key), member(key, agent)));
        var all = crew.putObject("tasks");
        var before = new LinkedHashSet<String>();
        tasks.forEach((key, task) -> {
            all.set(name(taskNames, key), task(key, task, before));
            before.add(key);
        });
        if (!isLed) {
            dropIdle(written, all);
        }
        whole.set("input", placeholders.input());
        whole.set(ReadCrew.KEY, crew);
        return new Crews.Imported(Definitions.write(whole), List.copyOf(left));
    }

    private static String name(Map<String, String> names, String key) {
        return java.util.Objects.requireNonNull(names.get(key));
    }

    private ObjectNode member(String key, JsonNode agent) {
        String path = "agents.yaml/" + key;
        var member = Json.mapper().createObjectNode();
        for (var word : List.of("role", "goal", "backstory")) {
            String text =
                    agent.path(word).isValueNode() ? agent.path(word).asText().strip() : "";
            if (!text.isEmpty()) {
                member.put(word, isLed ? plain(path + "/" + word, text) : placeholders.filled(text));
            }
        }
        if (!member.has("role")) {
            member.put("role", key.replaceAll("[_-]+", " "));
        }
        keys.agent(path, agent, member);
        return member;
    }

    /// Who a member is must be known before the input is, where the manager calls it.
    private String plain(String path, String text) {
        String plain = Placeholders.plain(text);
        if (!plain.equals(text)) {
            left.add(new Crews.Left(
                    path,
                    "A member that a manager calls is told who it is before the input is known",
                    "The placeholders stand as words; the tasks have their values"));
        }
        return plain.replace("${", "$${");
    }

    private ObjectNode task(String key, JsonNode task, Set<String> before) {
        String path = "tasks.yaml/" + key;
        var written = Json.mapper().createObjectNode();
        String description = task.path("description").asText().strip();
        written.put("description", placeholders.filled(description.isEmpty() ? key.replace('_', ' ') : description));
        String expected = task.path("expected_output").asText().strip();
        if (task.path("markdown").asBoolean()) {
            expected = (expected + "\nWrite it in Markdown.").strip();
        }
        if (!expected.isEmpty()) {
            written.put("expected_output", placeholders.filled(expected));
        }
        member(path, task.path("agent"), written);
        if (task.hasNonNull("context")) {
            context(path, task.get("context"), before, written);
        }
        keys.task(path, task);
        return written;
    }

    private void member(String path, JsonNode agent, ObjectNode written) {
        String key = agent.asText().strip();
        String member = members.get(key);
        if (member == null && members.containsValue(memberName(key)) && !key.isEmpty()) {
            member = memberName(key);
        }
        if (member != null) {
            written.put("member", member);
        } else if (!isLed) {
            String first = members.values().iterator().next();
            written.put("member", first);
            left.add(new Crews.Left(
                    path + "/agent",
                    key.isEmpty()
                            ? "The task does not say who does it"
                            : "There is no agent \"%s\" in agents.yaml".formatted(Text.shorten(key, 60)),
                    "It is given to %s: set another member where that is wrong".formatted(first)));
        }
    }

    private void context(String path, JsonNode context, Set<String> before, ObjectNode written) {
        var names = new ArrayList<String>();
        if (context.isTextual()) {
            names.addAll(List.of(context.asText().split("\\s*,\\s*")));
        } else {
            context.forEach(one -> names.add(one.asText()));
        }
        var list = written.putArray("context");
        for (var name : names) {
            if (before.contains(name)) {
                list.add(name(taskNames, name));
            } else {
                left.add(new Crews.Left(
                        path + "/context",
                        tasks.containsKey(name)
                                ? "Task \"%s\" comes later".formatted(name)
                                : "There is no task \"%s\"".formatted(Text.shorten(name, 60)),
                        "Tasks are done in their order: move it, or name one before it"));
            }
        }
    }

    private void dropIdle(ObjectNode written, ObjectNode all) {
        var busy = new TreeSet<String>();
        all.forEach(task -> busy.add(task.path("member").asText()));
        members.forEach((key, name) -> {
            if (!busy.contains(name)) {
                written.remove(name);
                left.add(new Crews.Left("agents.yaml/" + key, "The agent has no task", "It was left out"));
            }
        });
    }
}
