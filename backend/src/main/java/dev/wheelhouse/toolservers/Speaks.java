package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.tools.ToolContext;
import java.util.List;

/// How a kind of server is spoken to.
interface Speaks {

    /// @param tenant whose secrets are used
    /// @param version of the definition
    record Server(TenantId tenant, ToolServer definition, int version) {
        String key() {
            return tenant.name() + "/" + definition.name() + "/" + version;
        }
    }

    List<Offered> offers(Server server) throws InterruptedException;

    /// A failure that the model can do something about is a [dev.wheelhouse.base.Problem].
    JsonNode call(Server server, ServerTool tool, JsonNode arguments, ToolContext context) throws InterruptedException;
}
