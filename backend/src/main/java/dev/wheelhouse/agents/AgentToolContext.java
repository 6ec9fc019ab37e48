package dev.wheelhouse.agents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.tools.Tool;
import java.util.List;

/// What a tool may use of the step it is called in.
record AgentToolContext(StepContext step, List<String> allowedHosts, int mostOutput) implements Tool.Surroundings {

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
