package dev.wheelhouse.http;

import dev.wheelhouse.base.TenantId;
import java.util.List;

/// Finds the published revision of an agent; refuses with `unknown_agent`.
interface AgentLookup {
    int published(TenantId tenant, String agent);

    boolean isDemo(TenantId tenant, String agent);

    List<String> names(TenantId tenant);
}
