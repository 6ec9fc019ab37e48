package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.definitions.Revisions;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tools.ForeignTools;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Agents of a tenant: reading, changing, publishing.
@Singleton
public final class Agents {

    /// The kind of program that an agent is.
    public static final String KIND = "agent";

    private final Revisions<Definition> revisions;
    private final Models models;
    private final Tools tools;
    private final OperatorRules rules;

    Agents(AgentStore store, Models models, Tools tools, OperatorRules rules) {
        var reader = new DefinitionReader(models.aliases(), tools.names());
        this.revisions = new Revisions<>(
                new Revisions.Kind<>(
                        KIND,
                        ErrorCode.UNKNOWN_AGENT,
                        (tenant, text) -> reader.read(text, tools.of(tenant)::mistake),
                        (tenant, text) -> reader.read(
                                text, entry -> lasting(tools.of(tenant).mistake(entry))),
                        reader::readStored,
                        Definition::name),
                store);
        this.models = models;
        this.tools = tools;
        this.rules = rules;
    }

    /// A file is read before its tool server was asked for the first time.
    private static ForeignTools.@Nullable Mistake lasting(ForeignTools.@Nullable Mistake mistake) {
        return mistake != null && mistake.isLasting() ? mistake : null;
    }

    /// Sorted by name, at most 1,000.
    public List<Agent> list(TenantId tenant) {
        return revisions.list(tenant).stream().map(Agent::of).toList();
    }

    /// Whether a model that may answer for an agent can see pictures.
    public boolean sees(Definition definition) {
        return models.sees(definition.model());
    }

    /// Why an agent is shown no pictures.
    public static String cannotSee(Definition definition) {
        return "Agent \"%s\" cannot see pictures: its model \"%s\" has not the ability images"
                .formatted(definition.name(), definition.model());
    }

    /// Reads it anew, for who is about to change it.
    public Agent latest(TenantId tenant, String name) {
        return Agent.of(revisions.latest(tenant, name));
    }

    /// Throws `unknown_agent`, with the name that was probably meant.
    public Agent get(TenantId tenant, String name) {
        return Agent.of(revisions.get(tenant, name));
    }

    /// The agent with its published revision; throws if none is published.
    public Agent published(TenantId tenant, String name) {
        return Agent.of(revisions.published(tenant, name));
    }

    /// Whether there is such an agent, and a revision of it is published.
    public boolean isPublished(TenantId tenant, String name) {
        return revisions.isPublished(tenant, name);
    }

    /// What a run of this revision follows: the definition plus the operator's approval rules, which are not shown as
    /// part of the agent.
    public Definition definition(TenantId tenant, String name, int revision) {
        return granted(tenant, revisions.definition(tenant, name, revision)).with(rules.of(tenant));
    }

    /// With the tools that its entries stand for now, and approval for those that ask first.
    private Definition granted(TenantId tenant, Definition definition) {
        var own = tools.of(tenant);
        if (definition.tools().stream().noneMatch(own::isForeign)) {
            return definition;
        }
        var granted = own.granted(definition.tools());
        var asking = granted.stream()
                .flatMap(name -> own.find(name).stream())
                .filter(tool -> tool.origin().asksFirst())
                .map(ToolInfo::name)
                .toList();
        return definition.granted(granted, asking);
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
            var effect = definition.tools().contains(name)
                    ? tools.of(wanted.tenant()).effect(name)
                    : Effect.READ;
            var need = ApprovalNeed.of(definition.approvals(), request, effect, facts);
            ((ObjectNode) call).remove("approval");
            if (need != null) {
                ((ObjectNode) call).set("approval", Json.read(need.json()));
            }
        }
        return node.toString();
    }

    /// Newest first, at most 1,000.
    public List<Revision> revisions(TenantId tenant, String name) {
        return revisions.revisions(tenant, name);
    }

    public Revision revision(TenantId tenant, String name, int number) {
        return revisions.revision(tenant, name, number);
    }

    /// Reads a definition without storing it; throws with all its mistakes.
    public Definition check(TenantId tenant, String name, String text) {
        return revisions.check(tenant, name, text);
    }

    /// Stores a new revision unless the newest is identical, and publishes the newest if asked to.
    public Agent put(TenantId tenant, String name, String text, boolean publish) {
        return put(tenant, name, text, publish, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed the agent since it had the version that is expected.
    public Agent put(TenantId tenant, String name, String text, boolean publish, Expected expected) {
        return Agent.of(revisions.put(tenant, name, text, publish, expected));
    }

    /// Throws `not_found` if there is no such revision.
    public Agent publish(TenantId tenant, String name, int revision) {
        return publish(tenant, name, revision, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed the agent since it had the version that is expected.
    public Agent publish(TenantId tenant, String name, int revision, Expected expected) {
        return Agent.of(revisions.publish(tenant, name, revision, expected));
    }

    /// Stores and publishes every `*.yaml` and `*.yml` file of a folder that is not a workflow's and whose
    /// text is new to its agent: what people changed since then stays published across restarts. All mistakes
    /// of all files are reported together.
    public void load(TenantId tenant, Path folder) {
        var kinds = new LinkedHashMap<String, BiConsumer<String, String>>();
        kinds.put("workflow", (name, text) -> {});
        kinds.put(KIND, (name, text) -> loadFile(tenant, name, text));
        Definitions.load(folder, kinds);
    }

    /// The same for one file.
    public void loadFile(TenantId tenant, String name, String text) {
        revisions.loadFile(tenant, name, text);
    }

    /// The question that comes before a call that a run makes and no agent of it, null for none: the
    /// operator's rules hold for those as well.
    public PlannedStep.Action.@Nullable Ask approval(Run run, String tool, JsonNode args) {
        var held = rules.of(run.tenant());
        if (held.isEmpty()) {
            return null;
        }
        var request = new ToolRequest("", tool, args.toString());
        var effect = tools.of(run.tenant()).effect(tool);
        var nothing = Map.of("tokens", 0L, "microUnits", 0L, "calls", 0L);
        var facts = ApprovalNeed.facts(run.program().name(), run.asker(), run.metadata(), nothing);
        var need = ApprovalNeed.of(held.stream().map(Definition.Approval::of).toList(), request, effect, facts);
        return need == null ? null : (PlannedStep.Action.Ask) need.ask(request, effect);
    }
}
