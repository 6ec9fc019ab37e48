package dev.wheelhouse.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer. `finish` is `stop`, `tool_calls` or `length`; `costMicroUnits` is null where the price is unknown;
/// `tries` counts every attempt over all targets, the successful one included.
public record ModelReply(
        String text,
        List<ToolRequest> toolCalls,
        String finish,
        TokenUse use,
        @Nullable Long costMicroUnits,
        String alias,
        String provider,
        String name,
        boolean demo,
        int tries) {

    public ModelReply {
        toolCalls = List.copyOf(toolCalls);
    }
}
