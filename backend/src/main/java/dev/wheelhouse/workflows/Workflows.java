package dev.wheelhouse.workflows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.crews.Crews;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.definitions.Defined;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.definitions.Revised;
import dev.wheelhouse.definitions.Revisions;
import dev.wheelhouse.definitions.StoredRevisions;
import dev.wheelhouse.states.Definition;
import dev.wheelhouse.states.KnownNames;
import dev.wheelhouse.states.State;
import dev.wheelhouse.states.States;
import dev.wheelhouse.tools.ToolInfo;
import dev.wheelhouse.tools.Tools;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The front door: workflows of a tenant, to be read, changed and published.
@Singleton
public final class Workflows implements Revised<Definition>, Agents.Own {

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

    Workflows(Database database, WorkflowRepository workflows, Agents agents, Tools tools) {
        this.agents = agents;
        this.tools = tools;
        this.revisions = new Revisions<>(
                new Revisions.Kind<>(
                        KIND,
                        ErrorCode.UNKNOWN_WORKFLOW,
                        (tenant, text) -> Crews.read(text, new Known(tenant)),
                        (tenant, text) -> Crews.read(text, new Known(tenant)),
                        Crews::readStored,
                        Definition::name),
                new StoredRevisions(database, workflows));
    }

    @Override
    public Revisions<Definition> revisions() {
        return revisions;
    }

    /// What a run of this revision follows.
    public Definition definition(TenantId tenant, String name, int revision) {
        return revisions.definition(tenant, name, revision);
    }

    @Override
    public dev.wheelhouse.agents.Definition definition(TenantId tenant, String owner, int revision, String name) {
        var own = definition(tenant, owner, revision).agents().get(name);
        if (own == null) {
            throw Agents.noOwn(owner, name);
        }
        return own;
    }

    /// A crew of CrewAI's files, and what could not be carried over. Nothing is stored.
    public Crews.Imported imported(TenantId tenant, Crews.Files files) {
        var here = new Crews.Here() {
            @Override
            public boolean hasModel(String alias) {
                return agents.models().contains(alias);
            }

            @Override
            public boolean hasTool(String name) {
                return tools.of(tenant).find(name).isPresent();
            }
        };
        return Crews.imported(files, here);
    }

    /// Stores and publishes every file of a folder that says it is a workflow and whose text is new.
    public void load(TenantId tenant, Path folder) {
        Definitions.load(folder, Set.of(KIND), (name, text) -> revisions.loadFile(tenant, name, text));
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
        public dev.wheelhouse.agents.Definition agent(String name, @Nullable String instructions, Fields fields) {
            return agents.inner(tenant, name, instructions, fields);
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
            return list(tenant).stream().map(Defined::name).collect(Collectors.toSet());
        }

        @Override
        public Set<String> calledBy(String workflow) {
            return workflows().contains(workflow)
                    ? States.called(get(tenant, workflow).definition().machine())
                    : Set.of();
        }
    }
}
