package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Agents of a tenant: reading, changing, publishing.
@Singleton
public final class Agents {

    /// The kind of program that an agent is.
    public static final String KIND = "agent";

    private record Key(TenantId tenant, String name, int revision) {}

    private static final int MOST_ATTEMPTS = 10;
    private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");

    private final AgentStore store;
    private final DefinitionReader reader;
    private final Tools tools;
    private final OperatorRules rules;

    // A revision never changes, so it can be cached. Which one is published may be up to 2 s stale on other replicas.
    private final Cache<Key, Definition> definitions =
            Caffeine.newBuilder().maximumSize(2_000).build();
    private final Cache<String, Agent> shown = Caffeine.newBuilder()
            .maximumSize(2_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build();

    Agents(AgentStore store, Models models, Tools tools, OperatorRules rules) {
        this.rules = rules;
        this.store = store;
        this.tools = tools;
        this.reader = new DefinitionReader(models.aliases(), tools.names());
    }

    /// Sorted by name, at most 1,000.
    public List<Agent> list(TenantId tenant) {
        return store.list(tenant).stream().map(row -> agent(tenant, row)).toList();
    }

    /// Throws `unknown_agent`, with the name that was probably meant.
    public Agent get(TenantId tenant, String name) {
        return shown.get(tenant + "/" + name, key -> store.find(tenant, name)
                .map(row -> agent(tenant, row))
                .orElseThrow(() -> unknown(tenant, name)));
    }

    /// The agent with its published revision; throws if none is published.
    public Agent published(TenantId tenant, String name) {
        var agent = get(tenant, name);
        if (agent.published() == null) {
            throw new Problem(
                    ErrorCode.UNKNOWN_AGENT,
                    "Agent \"%s\" has no published revision".formatted(name),
                    "Publish one, such as revision %d".formatted(agent.latest()));
        }
        return agent;
    }

    private Problem unknown(TenantId tenant, String name) {
        return new Problem(
                ErrorCode.UNKNOWN_AGENT,
                "There is no agent \"%s\"".formatted(Text.shorten(name, 80)),
                Suggest.hint(name, store.names(tenant)));
    }

    /// What a run of this revision follows: the definition plus the operator's approval rules, which are not shown as
    // part of
    /// the agent.
    public Definition definition(TenantId tenant, String name, int revision) {
        return definitions
                .get(
                        new Key(tenant, name, revision),
                        key -> reader.readStored(
                                revision(tenant, name, revision).yaml()))
                .with(rules.of(tenant));
    }

    /// A model's answer with the approvals that its calls need in this run, which inherits it: the rules of the agent
    /// that executes a call apply, not those of the run that it was copied from.
    public String held(NewRun wanted, String answer) {
        var definition = definition(
                wanted.tenant(), wanted.program().name(), wanted.program().revision());
        var nothing = Map.of("tokens", 0L, "microUnits", 0L, "calls", 0L);
        var facts = ApprovalNeed.facts(
                wanted.program().name(), wanted.asker(), wanted.request().metadata(), nothing);
        var node = (ObjectNode) Json.read(answer);
        for (var call : node.path("toolCalls")) {
            String name = call.path("name").asText();
            var request = new ToolRequest(
                    call.path("id").asText(), name, call.path("arguments").toString());
            var effect = definition.tools().contains(name) ? tools.effect(name) : Effect.READ;
            var need = ApprovalNeed.of(definition.approvals(), request, effect, facts);
            ((ObjectNode) call).remove("approval");
            if (need != null) {
                ((ObjectNode) call).set("approval", Json.read(need.json()));
            }
        }
        return node.toString();
    }

    /// Newest first, at most 1,000.
    public List<Agent.Revision> revisions(TenantId tenant, String name) {
        get(tenant, name);
        return store.revisions(tenant, name);
    }

    public Agent.Revision revision(TenantId tenant, String name, int number) {
        return store.revision(tenant, name, number)
                .orElseThrow(() ->
                        new Problem(ErrorCode.NOT_FOUND, "Agent \"%s\" has no revision %d".formatted(name, number)));
    }

    /// Reads a definition without storing it; throws with all its mistakes.
    public Definition check(String name, String text) {
        var definition = reader.read(text);
        if (!definition.name().equals(name)) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "The definition is named \"%s\" but was sent to \"%s\"".formatted(definition.name(), name),
                    "Use the same name in both places",
                    List.of(new Problem.Mistake("/name", 1, 1, "The request names \"%s\"".formatted(name), null)));
        }
        return definition;
    }

    /// Stores a new revision unless the newest is identical, and publishes the newest if asked to.
    public Agent put(TenantId tenant, String name, String text, boolean publish) {
        check(name, text);
        for (int attempt = 1; !store.put(tenant, name, Text.storable(text), publish); attempt++) {
            if (attempt == MOST_ATTEMPTS) {
                throw new Problem(
                        ErrorCode.CONFLICT,
                        "Agent \"%s\" is being changed by others right now".formatted(name),
                        "Read it again, then resend your change");
            }
        }
        shown.invalidate(tenant + "/" + name);
        return get(tenant, name);
    }

    /// Throws `not_found` if there is no such revision.
    public Agent publish(TenantId tenant, String name, int revision) {
        get(tenant, name);
        if (!store.publish(tenant, name, revision)) {
            revision(tenant, name, revision);
        }
        shown.invalidate(tenant + "/" + name);
        return get(tenant, name);
    }

    /// Stores and publishes every `*.yaml` and `*.yml` file of a folder whose text is new to its agent: what people
    /// changed since then stays published across restarts. All mistakes of all files are reported together.
    public void load(TenantId tenant, Path folder) {
        var mistakes = new ArrayList<Problem.Mistake>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file ->
                            YAML.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .forEach(file -> load(tenant, file, mistakes));
        } catch (IOException e) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "Cannot read the definitions folder \"%s\"".formatted(folder),
                    "Correct DEFINITIONS_DIR, or unset it");
        }
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION, "Definitions in %s have mistakes".formatted(folder), null, mistakes);
        }
    }

    private void load(TenantId tenant, Path file, List<Problem.Mistake> mistakes) {
        String known = String.valueOf(file.getFileName());
        String name = known.substring(0, known.lastIndexOf('.'));
        try {
            String text = Files.readString(file);
            if (!store.has(tenant, name, Text.storable(text))) {
                put(tenant, name, text, true);
            }
        } catch (IOException e) {
            mistakes.add(new Problem.Mistake(known, 1, 1, "Not readable as UTF-8 text", "Correct or remove it"));
        } catch (Problem e) {
            if (e.code() != ErrorCode.INVALID_DEFINITION && e.code() != ErrorCode.TOO_LARGE) {
                throw e;
            }
            if (e.mistakes().isEmpty()) {
                mistakes.add(new Problem.Mistake(known, 1, 1, e.message(), e.hint()));
            }
            e.mistakes().forEach(mistake -> mistakes.add(inFile(known, mistake)));
        }
    }

    private static Problem.Mistake inFile(String file, Problem.Mistake mistake) {
        return new Problem.Mistake(
                file + mistake.path(), mistake.line(), mistake.column(), mistake.message(), mistake.hint());
    }

    private Agent agent(TenantId tenant, AgentStore.Shown row) {
        var definition = definitions.get(
                new Key(tenant, row.name(), row.revision()), key -> reader.readStored(row.definition()));
        return new Agent(
                row.name(),
                row.published(),
                row.latest(),
                row.updatedAt(),
                row.revision(),
                definition,
                row.definition());
    }
}
