package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.states.KnownNames;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who leads a hierarchical crew: an agent of the crew's own that calls the members by `call_agent`, looks at
/// what comes back and asks again.
final class Manager {

    private static final String CALL = "call_agent";

    private static final String LEADS = """
            You lead a crew. Do not do a task yourself: hand it to members with call_agent, in parts where it has some. A
            member sees nothing but what you write to it: say all that it needs, with what others have found. Look at what
            comes back, and ask again, saying what is missing, until it is what was expected. Then answer with the whole
            result, and nothing about how you came to it.

            The members, by the names that you call them by:
            """;

    private final Member self;
    private final Collection<Member> members;

    /// @param fields may have nothing: a manager is what every crew needs alike
    Manager(Fields fields, Collection<Member> members) {
        var names = members.stream().map(Member::called).collect(Collectors.toSet());
        this.self = new Member(Member.free("manager", names), fields);
        this.members = members;
    }

    String name() {
        return self.name();
    }

    void check(JsonNode input, @Nullable KnownNames known) {
        self.checkIsPlain();
        members.stream().filter(member -> !member.isStored()).forEach(Member::checkIsPlain);
        if (known != null) {
            known.agent(self.name(), LEADS, self.fields().without(java.util.Set.of("role", "goal", "backstory")));
        }
    }

    ObjectNode agent() {
        String list = members.stream().map(Member::listed).collect(Collectors.joining("\n"));
        var agent = self.agent((self.instructions() + "\n\n" + LEADS).strip() + "\n" + list);
        add(agent, "tools", CALL);
        members.forEach(member -> add(agent, "agents", member.called()));
        return agent;
    }

    private static void add(ObjectNode agent, String key, String entry) {
        var list = agent.get(key) instanceof ArrayNode there ? there : agent.putArray(key);
        var text = Json.mapper().getNodeFactory().textNode(entry);
        for (var one : list) {
            if (one.equals(text)) {
                return;
            }
        }
        list.add(text);
    }
}
