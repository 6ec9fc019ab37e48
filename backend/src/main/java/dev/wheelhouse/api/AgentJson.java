package dev.wheelhouse.api;

import dev.wheelhouse.agents.Definition;
import dev.wheelhouse.definitions.Defined;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.tools.FetchHeader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Agents and their revisions as clients see them.
final class AgentJson {

    private AgentJson() {}

    static String brief(Defined<Definition> agent) {
        return fields(agent).end();
    }

    static String whole(Defined<Definition> agent) {
        return fields(agent)
                .raw("definition", of(agent.definition()))
                .put("yaml", agent.text())
                .put("revision", agent.revision())
                .end();
    }

    private static JsonObject fields(Defined<Definition> agent) {
        return new JsonObject()
                .put("name", agent.name())
                .put("description", agent.definition().description())
                .raw("published", text(agent.published()))
                .put("latest", agent.latest())
                .put("version", agent.version())
                .put("model", agent.definition().model())
                .raw("tools", JsonObject.words(agent.definition().tools()))
                .time("updatedAt", agent.updatedAt());
    }

    /// The definition with the words of its YAML.
    private static String of(Definition definition) {
        var json = new JsonObject()
                .put("name", definition.name())
                .put("description", definition.description())
                .put("instructions", definition.instructions())
                .put("model", definition.model())
                .raw("tools", JsonObject.words(definition.tools()))
                .raw("limits", of(definition.limits()))
                .put("whenBusy", definition.whenBusy().word())
                .raw(
                        "approvals",
                        JsonObject.array(definition.approvals().stream()
                                .map(AgentJson::of)
                                .toList()))
                .raw("agents", JsonObject.words(definition.agents()));
        if (!definition.fetch().hosts().isEmpty()) {
            json.raw(
                    "http_fetch",
                    new JsonObject()
                            .raw("allow", JsonObject.words(definition.fetch().hosts()))
                            .rawIfAny("headers", headers(definition.fetch().headers()))
                            .end());
        }
        return json.rawIfAny("temperature", text(definition.temperature()))
                .rawIfAny("maxOutputTokens", text(definition.maxOutputTokens()))
                .rawIfAny("output", output(definition))
                .end();
    }

    private static @Nullable String output(Definition definition) {
        return definition.outputSchema() == null
                ? null
                : new JsonObject()
                        .raw("schema", definition.outputSchema().toString())
                        .end();
    }

    private static @Nullable String headers(List<FetchHeader> headers) {
        return headers.isEmpty()
                ? null
                : JsonObject.array(headers.stream()
                        .map(header -> new JsonObject()
                                .put("to", header.to())
                                .put("name", header.name())
                                .put("value", header.value())
                                .end())
                        .toList());
    }

    private static String of(Definition.Limits limits) {
        return new JsonObject()
                .put("steps", limits.steps())
                .put("calls", limits.calls())
                .put("tokens", limits.tokens())
                .rawIfAny("money", limits.money() == null ? null : text(limits.money() / 1e6))
                .put("time", time(limits.time()))
                .put("output", size(limits.output()))
                .put("depth", limits.depth())
                .put("repeats", limits.repeats())
                .put("idle", limits.idle())
                .end();
    }

    private static String of(Definition.Approval rule) {
        return new JsonObject()
                .put("when", rule.when())
                .put("message", rule.message())
                .put("expires", time(rule.expires()))
                .put("otherwise", rule.otherwise())
                .raw("notRequester", String.valueOf(rule.notRequester()))
                .end();
    }

    /// As definitions write it: `1MB`, `500KB`.
    private static String size(long bytes) {
        if (bytes % 1_000_000_000 == 0) {
            return bytes / 1_000_000_000 + "GB";
        }
        return bytes % 1_000_000 == 0
                ? bytes / 1_000_000 + "MB"
                : bytes % 1_000 == 0 ? bytes / 1_000 + "KB" : bytes + "B";
    }

    /// As definitions write it: `10m`, `90s`.
    private static String time(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + "m" : time.toSeconds() + "s";
    }

    private static @Nullable String text(@Nullable Number number) {
        return number == null ? null : number.toString();
    }
}
