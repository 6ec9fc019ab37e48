package dev.wheelhouse.tools;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call may use of the step it belongs to.
public interface ToolContext {

    TenantId tenant();

    /// The same for every attempt at this call and for no other.
    String idempotencyKey();

    /// Hosts that the agent may reach, exact or `*.` and a domain; empty means none.
    List<String> allowedHosts();

    /// What `http_fetch` sends in addition to its own headers.
    default List<FetchHeader> headers() {
        return List.of();
    }

    /// How many bytes of a result are kept; anything beyond is cut off.
    default int mostOutput() {
        return Tools.LONGEST_OUTPUT;
    }

    /// The collections that the agent may look things up in, by name.
    default List<String> collections() {
        return List.of();
    }

    /// The run whose step it is; null where a person tries the tool.
    default @Nullable Run run() {
        return null;
    }

    /// Throws if another replica may own the run by now; call it right before an effect.
    void ensureOwned();
}
