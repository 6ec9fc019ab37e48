package dev.wheelhouse.tools;

import dev.wheelhouse.runs.Failure;
import org.jspecify.annotations.Nullable;

/// What came of a call: JSON text, or why there is none.
public record ToolResult(@Nullable String json, @Nullable Failure failure) {

    static ToolResult of(String json) {
        return new ToolResult(json, null);
    }

    static ToolResult failed(String code, String message, @Nullable String hint) {
        return new ToolResult(null, new Failure(code, message, hint));
    }
}
