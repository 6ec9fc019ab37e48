package dev.wheelhouse.http;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.*;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
final class TestAgents implements AgentLookup, Program.Source {
    @Override
    public int published(TenantId tenant, String agent) {
        if (!agent.equals("assistant")) {
            throw new Problem(ErrorCode.UNKNOWN_AGENT, "There is no agent \"" + agent + "\"");
        }
        return 1;
    }

    @Override
    public boolean isDemo(TenantId tenant, String agent) {
        return true;
    }

    @Override
    public List<String> names(TenantId tenant) {
        return List.of("assistant");
    }

    @Override
    public Program load(Run run) {
        return history -> new Next.Succeed("done");
    }
}
