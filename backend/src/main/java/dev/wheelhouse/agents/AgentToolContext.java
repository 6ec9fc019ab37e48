package dev.wheelhouse.agents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.tools.FetchHeader;
import dev.wheelhouse.tools.ToolContext;
import java.util.List;

/// What a tool may use from the step that calls it.
record AgentToolContext(StepContext step, Definition.Fetch fetch, int mostOutput) implements ToolContext {

    @Override
    public List<String> allowedHosts() {
        return fetch.hosts();
    }

    @Override
    public List<FetchHeader> headers() {
        return fetch.headers();
    }

    @Override
    public TenantId tenant() {
        return step.tenant();
    }

    @Override
    public String idempotencyKey() {
        return step.idempotencyKey();
    }

    @Override
    public void ensureOwned() {
        step.ensureOwned();
    }
}
