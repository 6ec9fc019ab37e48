package dev.wheelhouse.toolservers;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;

/// Bounds of tool servers for every tenant.
///
/// @param privateHosts hosts that may be off the public internet, exact or `*.` and a domain
/// @param checkAfter how old what is known of an MCP server may be when one of its tools is called, 0 s to 1 h
@ConfigurationProperties("tool-servers")
record ToolServersConfig(
        @Bindable(defaultValue = "") List<String> privateHosts,
        @Bindable(defaultValue = "1s") Duration checkAfter) {}
