package dev.wheelhouse.http;

import dev.wheelhouse.agents.Agent;
import dev.wheelhouse.agents.Definition;
import dev.wheelhouse.agents.Revision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Agents and their revisions as clients see them.
final class AgentJson {

    private AgentJson() {}

    static String brief(Agent agent) {
        return fields(agent).end();
    }

    static String whole(Agent agent) {
        return fields(agent)
                .raw("definition", of(agent.definition()))
                .put("yaml", agent.yaml())
                .put("revision", agent.revision())
                .end();
    }

    static String brief(Revision revision) {
        return fields(revision).end();
    }

    static String whole(Revision revision) {
        return fields(revision).put("yaml", revision.yaml()).end();
    }

    private static JsonObject fields(Agent agent) {
        return new JsonObject()
                .put("name", agent.name())
                .put("description", agent.definition().description())
                .raw("published", text(agent.published()))
                .put("latest", agent.latest())
                .put("model", agent.definition().model())
                .raw("tools", JsonObject.words(agent.definition().tools()))
                .time("updatedAt", agent.updatedAt());
    }

    private static JsonObject fields(Revision revision) {
        return new JsonObject()
                .put("agent", revision.agent())
                .put("revision", revision.number())
                .put("published", revision.published())
                .time("createdAt", revision.createdAt());
    }

    /// The definition with the words of its YAML.
    private static String of(Definition definition) {
        var limits = definition.limits();
        var json = new JsonObject()
                .put("name", definition.name())
                .put("description", definition.description())
                .put("instructions", definition.instructions())
                .put("model", definition.model())
                .raw("tools", JsonObject.words(definition.tools()))
                .raw(
                        "limits",
                        new JsonObject()
                                .put("steps", limits.steps())
                                .put("tokens", limits.tokens())
                                .put("time", time(limits.time()))
                                .put("repeats", limits.repeats())
                                .end());
        if (!definition.hosts().isEmpty()) {
            json.raw(
                    "http_fetch",
                    new JsonObject()
                            .raw("allow", JsonObject.words(definition.hosts()))
                            .end());
        }
        return json.rawIfAny("temperature", text(definition.temperature()))
                .rawIfAny("max_output_tokens", text(definition.maxOutputTokens()))
                .end();
    }

    /// As definitions write it: `10m`, `90s`.
    private static String time(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
