package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.tools.Origin;
import dev.wheelhouse.tools.Tool;
import dev.wheelhouse.tools.ToolContext;
import java.time.Duration;

/// A tool of a server, as agents call it.
record RemoteTool(ToolServers servers, TenantId tenant, ServerTool tool) implements Tool {

    @Override
    public String name() {
        return tool.row().name();
    }

    @Override
    public String description() {
        return tool.description();
    }

    @Override
    public Effect effect() {
        return tool.effect();
    }

    @Override
    public String schema() {
        return tool.arguments().toString();
    }

    @Override
    public Duration timeout() {
        return tool.timeout();
    }

    @Override
    public Origin origin() {
        return tool.origin();
    }

    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) throws InterruptedException {
        return servers.call(tenant, name(), arguments, context);
    }
}
