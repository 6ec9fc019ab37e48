package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// An operation of an API, as a tool.
///
/// @param name its `operationId`, or else made of its method and path
/// @param schema JSON Schema of the arguments: its parameters, and `body`
/// @param hints what its method says of its effects, in the words of MCP's annotations
/// @param request how it is sent: `method`, `url`, `parameters`, `body`, `security`
/// @param refused why it cannot be used, null where it can
public record Operation(
        String name,
        String title,
        String description,
        JsonNode schema,
        JsonNode hints,
        JsonNode request,
        @Nullable String refused) {}
