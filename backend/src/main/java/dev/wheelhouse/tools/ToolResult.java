package dev.wheelhouse.tools;

import dev.wheelhouse.runs.Failure;
import org.jspecify.annotations.Nullable;

/// The result of a call: JSON text, or the failure.
public record ToolResult(@Nullable String json, @Nullable Failure failure) {

    static ToolResult of(String json) {
        return new ToolResult(json, null);
    }

    static ToolResult failed(String code, String message, @Nullable String hint) {
        return new ToolResult(null, new Failure(code, message, hint));
    }
}
