package dev.wheelhouse.toolservers;

import dev.wheelhouse.mcp.Revision;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.signins.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool server as it is defined.
///
/// @param url of the MCP server, or of the OpenAPI document; null where the document is in the definition
/// @param document the OpenAPI document in the definition, as JSON; null without one
/// @param base where the API of a document is, in place of what the document says; null for what it says
/// @param revision of MCP, the only one that is spoken; null finds out
/// @param headers sent with every request; values may name secrets
/// @param signIn what is said of signing in to an MCP server by OAuth
/// @param credentials for the security schemes of a document, by name; values may name secrets
/// @param newToolsAreOn whether a tool that was never seen is on without anybody's approval
/// @param answersDefaults whether an MCP server that asks for values gets those that it proposes
/// @param idempotencyHeader a header in which the API takes a key for each call; null where it takes none
/// @param tools what is said of single tools, by their names on the server
public record ToolServer(
        String name,
        String description,
        Kind kind,
        @Nullable String url,
        @Nullable String document,
        @Nullable String base,
        @Nullable Revision revision,
        List<Header> headers,
        Wanted signIn,
        Map<String, String> credentials,
        boolean newToolsAreOn,
        boolean answersDefaults,
        @Nullable String idempotencyHeader,
        Duration timeout,
        Map<String, Choice> tools) {

    public enum Kind {
        MCP,
        OPENAPI;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public record Header(String name, String value) {}

    /// What the definition says of one tool; null leaves it to the server's hints.
    public record Choice(
            @Nullable Effect effect,
            @Nullable Boolean asksFirst,
            @Nullable Duration timeout) {
        static final Choice NONE = new Choice(null, null, null);
    }

    Choice choice(String remote) {
        return tools.getOrDefault(remote, Choice.NONE);
    }
}
