package dev.wheelhouse.mcp;

import dev.wheelhouse.outbound.BoundHeader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server and how it is reached.
///
/// @param key its own among all servers and all versions of their definitions
/// @param credentials what is said of them when they are refused, such as `the secret "github"`
/// @param privateHosts hosts that may be off the public internet
/// @param revision the only one that is spoken; null finds out
/// @param answersDefaults whether a server that asks for values gets those that it proposes; else it is declined
/// @param timeout of one request
public record McpServer(
        String key,
        String url,
        List<BoundHeader> headers,
        String credentials,
        List<String> privateHosts,
        @Nullable Revision revision,
        boolean answersDefaults,
        Duration timeout) {}
