package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Template;
import dev.wheelhouse.states.KnownNames;
import dev.wheelhouse.states.States;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A member of a crew: an agent that is stored, or one that the crew has for itself. Who it is told to be goes into the
/// instructions; where that speaks of the input, which is not known before, into each of its tasks.
record Member(String name, Fields fields) {

    private static final Set<String> PERSON = Set.of("role", "goal", "backstory");
    private static final int LONGEST = 20_000;

    /// What an agent of the crew's own has beside who it is.
    private static final Set<String> INLINE = Agents.INNER_KEYS.stream()
            .filter(key -> !Set.of("description", "instructions", "output").contains(key))
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> LEADING = union(PERSON, INLINE);
    static final Set<String> KEYS = union(LEADING, Set.of("agent"));

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /// The name, with a number where it is taken.
    static String free(String name, Set<String> taken) {
        String free = name;
        for (int n = 2; taken.contains(free); n++) {
            free = name + n;
        }
        return free;
    }

    boolean isStored() {
        return fields.has("agent");
    }

    /// By which name it is called.
    String called() {
        return isStored() ? fields.text("agent", "", 63) : name;
    }

    /// The agents that it may call itself.
    List<String> calls() {
        var agents = fields.tree("agents");
        return agents == null || !agents.isArray() ? List.of() : fields.texts("agents", 100);
    }

    void check(JsonNode input, @Nullable KnownNames known) {
        if (known == null) {
            return;
        }
        PERSON.forEach(key -> {
            fields.text(key, "", LONGEST);
            States.check(fields, key, Set.of(), input);
        });
        if (!isStored()) {
            fields.required("role", LONGEST);
            checkOwn(known);
            return;
        }
        String agent = fields.required("agent", 63);
        if (!agent.isBlank() && !known.agents().contains(agent)) {
            fields.mistake(
                    "agent",
                    "There is no agent \"%s\"".formatted(Text.shorten(agent, 70)),
                    Suggest.hint(agent, known.agents()));
        }
        for (var key : new TreeSet<>(fields.keys())) {
            if (INLINE.contains(key)) {
                fields.mistake(
                        key,
                        "\"%s\" is what the agent \"%s\" says itself".formatted(key, Text.shorten(agent, 70)),
                        "Remove it, or remove agent: and describe the member here");
            }
        }
    }

    private void checkOwn(KnownNames known) {
        if (Definitions.NAME.matcher(name).matches()) {
            known.agent(name, instructions(), fields.without(PERSON));
        } else {
            fields.mistake(
                    "",
                    "\"%s\" is not a valid name of a member".formatted(Text.shorten(name, 70)),
                    Definitions.NAME_HINT);
        }
    }

    /// Who it is must be known before the input is, where somebody else calls it.
    void checkIsPlain() {
        for (var key : List.of("role", "goal", "backstory")) {
            if (speaksOfInput(fields.text(key, "", LONGEST))) {
                fields.mistake(
                        key,
                        "\"%s\" cannot speak of the input where another agent calls the member".formatted(key),
                        "Write it without ${…}: who calls it passes on what the input says");
            }
        }
    }

    private static boolean speaksOfInput(String text) {
        var found = new AtomicBoolean();
        Template.of(Json.mapper().getNodeFactory().textNode(text)).expressions((at, expression) -> found.set(true));
        return found.get();
    }

    private boolean speaksOfInput() {
        return PERSON.stream().anyMatch(key -> speaksOfInput(fields.text(key, "", LONGEST)));
    }

    private String person() {
        String role = fields.text("role", "", LONGEST).strip();
        String goal = fields.text("goal", "", LONGEST).strip();
        return Stream.of(
                        role.isEmpty() ? "" : "You are %s.".formatted(role.replaceFirst("\\.$", "")),
                        fields.text("backstory", "", LONGEST).strip(),
                        goal.isEmpty() ? "" : "Your goal: " + goal)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    String instructions() {
        return speaksOfInput()
                ? "You are a member of a crew. Each task tells you who you are."
                : person().replace("$${", "${");
    }

    /// What a task has to tell about who does it.
    String told() {
        return isStored() || speaksOfInput() ? person() : "";
    }

    /// In a list of members.
    String listed() {
        String role = fields.text("role", "", LONGEST).strip();
        String goal = fields.text("goal", "", LONGEST).strip();
        return "- " + called() + (role.isEmpty() ? "" : ": " + role) + (goal.isEmpty() ? "" : ". Goal: " + goal);
    }

    ObjectNode agent() {
        return agent(instructions());
    }

    ObjectNode agent(String instructions) {
        var agent = Json.mapper().createObjectNode();
        String role = fields.text("role", "", LONGEST).strip();
        if (!role.isEmpty() && !speaksOfInput(role)) {
            agent.put("description", Text.shorten(role, 400));
        }
        agent.put("instructions", instructions);
        for (var key : fields.keys()) {
            if (INLINE.contains(key)) {
                agent.set(key, fields.tree(key));
            }
        }
        return agent;
    }
}
