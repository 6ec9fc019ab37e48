package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.approvals.OperatorRules;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Revised;
import dev.wheelhouse.definitions.Revisions;
import dev.wheelhouse.definitions.StoredRevisions;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.NewRun;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.tools.ForeignTools;
import dev.wheelhouse.tools.TenantTools;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Agents of a tenant: reading, changing, publishing.
@Singleton
public final class Agents implements Revised<Definition> {

    /// The kind of program that an agent is.
    public static final String KIND = "agent";

    private static final char OWNED = '/';

    /// Agents that another definition has for itself, such as the members of a crew. Their runs are pinned to the name
    /// OWNER/NAME and to the owner's revision; whoever asks for an agent by name never finds them.
    @FunctionalInterface
    public interface Own {

        /// Throws a Problem where the owner, its revision or the agent in it is not there.
        Definition definition(TenantId tenant, String owner, int revision, String name);
    }

    /// The keys that an agent has inside the definition of another kind, where its place names it.
    public static final Set<String> INNER_KEYS = DefinitionReader.INNER;

    private final Revisions<Definition> revisions;
    private final DefinitionReader reader;
    private final Models models;
    private final Tools tools;
    private final OperatorRules rules;
    private final Provider<Own> owners;

    Agents(Database database, AgentRepository agents, Models models, Tools tools, OperatorRules rules) {
        this(database, agents, models, tools, rules, () -> (tenant, owner, revision, name) -> {
            throw noOwn(owner, name);
        });
    }

    @Inject
    Agents(
            Database database,
            AgentRepository agents,
            Models models,
            Tools tools,
            OperatorRules rules,
            Provider<Own> owners) {
        this.reader = new DefinitionReader(models.aliases(), tools.names());
        this.owners = owners;
        this.revisions = new Revisions<>(
                new Revisions.Kind<>(
                        KIND,
                        ErrorCode.UNKNOWN_AGENT,
                        (tenant, text) -> reader.read(text, tools.of(tenant)::mistake),
                        (tenant, text) -> reader.read(
                                text, entry -> lasting(tools.of(tenant).mistake(entry))),
                        reader::readStored,
                        Definition::name),
                new StoredRevisions(database, agents));
        this.models = models;
        this.tools = tools;
        this.rules = rules;
    }

    /// A file is read before its tool server was asked for the first time.
    private static ForeignTools.@Nullable Mistake lasting(ForeignTools.@Nullable Mistake mistake) {
        return mistake != null && mistake.isLasting() ? mistake : null;
    }

    @Override
    public Revisions<Definition> revisions() {
        return revisions;
    }

    /// The aliases of the models that agents may ask.
    public Set<String> models() {
        return models.aliases();
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

    /// What a run of this revision follows: the definition plus the operator's approval rules, which are not shown as
    /// part of the agent.
    public Definition definition(TenantId tenant, String name, int revision) {
        int end = name.indexOf(OWNED);
        var definition = end < 0
                ? revisions.definition(tenant, name, revision)
                : owners.get().definition(tenant, name.substring(0, end), revision, name.substring(end + 1));
        return granted(tenant, definition).with(rules.of(tenant));
    }

    /// What a run of an agent is pinned to that another definition has for itself.
    public static Program.Pin own(String owner, String name, int revision) {
        return new Program.Pin(KIND, owner + OWNED + name, revision);
    }

    @Override
    public int pinned(TenantId tenant, String name, @Nullable Integer revision) {
        if (revision == null || !isOwn(name)) {
            return Revised.super.pinned(tenant, name, revision);
        }
        definition(tenant, name, revision);
        return revision;
    }

    /// Whether a name is that of an agent which another definition has for itself.
    private static boolean isOwn(String name) {
        return name.indexOf(OWNED) > 0;
    }

    /// The agent that is meant where a run of such an agent calls by name: another one of the same owner comes first.
    Optional<Program.Pin> beside(Run run, String name) {
        String caller = run.program().name();
        int end = caller.indexOf(OWNED);
        if (end < 0) {
            return Optional.empty();
        }
        String owner = caller.substring(0, end);
        int revision = run.program().revision();
        try {
            owners.get().definition(run.tenant(), owner, revision, name);
            return Optional.of(own(owner, name, revision));
        } catch (Problem e) {
            if (e.code() == ErrorCode.UNKNOWN_AGENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public static Problem noOwn(String owner, String name) {
        return new Problem(ErrorCode.UNKNOWN_AGENT, "\"%s\" has no agent \"%s\" of its own".formatted(owner, name));
    }

    /// Reads an agent that stands inside another definition, and notes its mistakes there.
    ///
    /// @param instructions those that its place gives it; null where its own key says them
    public Definition inner(TenantId tenant, String name, @Nullable String instructions, Fields fields) {
        return reader.inner(
                name, instructions, fields, entry -> tools.of(tenant).mistake(entry));
    }

    /// The same of a stored definition, which had no mistakes.
    public static Definition innerStored(String name, Fields fields) {
        return new DefinitionReader(Set.of(), Set.of()).innerStored(name, fields);
    }

    /// With the tools that its entries stand for now, and approval for those that ask first.
    private Definition granted(TenantId tenant, Definition definition) {
        var own = tools.of(tenant);
        if (definition.tools().stream().noneMatch(own::isForeign)) {
            return definition.guarded(canAct(own, definition.tools()));
        }
        var granted = own.granted(definition.tools());
        var asking = granted.stream()
                .flatMap(name -> own.find(name).stream())
                .filter(tool -> tool.origin().asksFirst())
                .map(ToolInfo::name)
                .toList();
        return definition.granted(granted, asking).guarded(canAct(own, granted));
    }

    /// What is taken over from elsewhere, or comes from a workflow's states, may rest on anything.
    private static final boolean READS_OTHERS = true;

    /// Whether one of the tools changes something, or carries something out.
    private static boolean canAct(TenantTools own, List<String> names) {
        return names.stream().anyMatch(name -> own.effect(name) != Effect.READ || name.equals("http_fetch"));
    }

    /// A model's answer with the approvals that its calls need in this run, which inherits it: the rules of the agent
    /// that executes a call apply, not those of the run that it was copied from.
    public String held(NewRun wanted, String answer) {
        var definition = definition(
                wanted.tenant(), wanted.program().name(), wanted.program().revision());
        var nothing = Map.of("tokens", 0L, "microUnits", 0L, "calls", 0L);
        var facts = ApprovalNeed.facts(
                wanted.program().name(), wanted.asker(), wanted.request().metadata(), nothing, READS_OTHERS);
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

    /// Stores and publishes every `*.yaml` and `*.yml` file of a folder that says it is an agent, or nothing, and whose
    /// text is new to its agent: what people changed since then stays published across restarts. All mistakes
    /// of all files are reported together.
    public void load(TenantId tenant, Path folder) {
        Definitions.load(folder, Set.of("", KIND), (name, text) -> loadFile(tenant, name, text));
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
        var facts = ApprovalNeed.facts(run.program().name(), run.asker(), run.metadata(), nothing, READS_OTHERS);
        var need = ApprovalNeed.of(held.stream().map(Definition.Approval::of).toList(), request, effect, facts);
        return need == null ? null : (PlannedStep.Action.Ask) need.ask(request, effect);
    }
}
