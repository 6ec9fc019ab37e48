package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Expected;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Revision;
import dev.wheelhouse.definitions.Revisions;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.KnownNames;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// The front door: workflows of a tenant, to be read, changed and published.
@Singleton
public final class Workflows {

    /// The kind of program that a workflow is, and the word in its definition.
    public static final String KIND = States.KIND;

    /// What the engine handles for agents, and the state that does it in a workflow.
    private static final Map<String, State.Kind> INSTEAD = Map.of(
            "wait", State.Kind.WAIT,
            "ask_person", State.Kind.APPROVAL,
            "call_agent", State.Kind.AGENT,
            // It reaches the hosts that an agent's definition lists.
            "http_fetch", State.Kind.AGENT);

    private final Revisions<Definition> revisions;
    private final Agents agents;
    private final Tools tools;

    Workflows(WorkflowStore store, Agents agents, Tools tools) {
        this.agents = agents;
        this.tools = tools;
        this.revisions = new Revisions<>(
                new Revisions.Kind<>(
                        KIND,
                        ErrorCode.UNKNOWN_WORKFLOW,
                        (tenant, text) -> States.read(text, new Known(tenant)),
                        (tenant, text) -> States.read(text, new Known(tenant)),
                        States::readStored,
                        Definition::name),
                store);
    }

    /// Sorted by name, at most 1,000.
    public List<Workflow> list(TenantId tenant) {
        return revisions.list(tenant).stream().map(Workflow::of).toList();
    }

    /// Throws `unknown_workflow`, with the name that was probably meant.
    public Workflow get(TenantId tenant, String name) {
        return Workflow.of(revisions.get(tenant, name));
    }

    /// Reads it anew, for who is about to change it.
    public Workflow latest(TenantId tenant, String name) {
        return Workflow.of(revisions.latest(tenant, name));
    }

    /// The workflow with its published revision; throws if none is published.
    public Workflow published(TenantId tenant, String name) {
        return Workflow.of(revisions.published(tenant, name));
    }

    /// Whether there is such a workflow, and a revision of it is published.
    public boolean isPublished(TenantId tenant, String name) {
        return revisions.isPublished(tenant, name);
    }

    /// What a run of this revision follows.
    public Definition definition(TenantId tenant, String name, int revision) {
        return revisions.definition(tenant, name, revision);
    }

    /// Newest first, at most 1,000.
    public List<Revision> revisions(TenantId tenant, String name) {
        return revisions.revisions(tenant, name);
    }

    /// Throws `not_found` if there is no such revision.
    public Revision revision(TenantId tenant, String name, int number) {
        return revisions.revision(tenant, name, number);
    }

    /// Reads a definition without storing it; throws with all its mistakes.
    public Definition check(TenantId tenant, String name, String text) {
        return revisions.check(tenant, name, text);
    }

    /// Stores a new revision unless the newest is identical, and publishes the newest if asked to.
    public Workflow put(TenantId tenant, String name, String text, boolean publish) {
        return put(tenant, name, text, publish, Expected.ANYTHING);
    }

    /// The same, unless somebody else has changed the workflow since it had the version that is expected.
    public Workflow put(TenantId tenant, String name, String text, boolean publish, Expected expected) {
        return Workflow.of(revisions.put(tenant, name, text, publish, expected));
    }

    /// Throws `not_found` if there is no such revision, and `precondition_failed` if somebody else has changed it.
    public Workflow publish(TenantId tenant, String name, int revision, Expected expected) {
        return Workflow.of(revisions.publish(tenant, name, revision, expected));
    }

    /// Stores and publishes every file of a folder that says it is a workflow and whose text is new.
    public void load(TenantId tenant, Path folder) {
        var kinds = new LinkedHashMap<String, BiConsumer<String, String>>();
        kinds.put(KIND, (name, text) -> revisions.loadFile(tenant, name, text));
        kinds.put("others", (name, text) -> {});
        Definitions.load(folder, kinds);
    }

    /// What is there for a tenant now.
    private final class Known implements KnownNames {

        private final TenantId tenant;

        Known(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        public Set<String> agents() {
            return agents.list(tenant).stream().map(agent -> agent.name()).collect(Collectors.toSet());
        }

        @Override
        public Set<String> tools() {
            return tools.of(tenant).list().stream().map(ToolInfo::name).collect(Collectors.toSet());
        }

        @Override
        public Optional<JsonNode> schema(String tool) {
            return tools.of(tenant).find(tool).map(ToolInfo::schema);
        }

        @Override
        public Optional<State.Kind> insteadOf(String tool) {
            return Optional.ofNullable(INSTEAD.get(tool));
        }

        @Override
        public boolean isRepeatable(String tool) {
            return tools.of(tenant).effect(tool) != dev.wheelhouse.runs.Effect.UNKEYED;
        }

        @Override
        public Set<String> workflows() {
            return list(tenant).stream().map(Workflow::name).collect(Collectors.toSet());
        }

        @Override
        public Set<String> calledBy(String workflow) {
            return workflows().contains(workflow)
                    ? States.called(get(tenant, workflow).definition().machine())
                    : Set.of();
        }
    }
}
