package dev.wheelhouse.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A whole answer. `finish` is `stop`, `tool_calls` or `length`; `costMicroUnits` is null where the price is unknown;
/// `tries` counts every attempt over all targets, the successful one included; `kept` is to go back with this answer.
/// `counted` is false where the tokens are our guess. `thoughts` is what the model let be seen of how it came
/// to the answer.
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
        int tries,
        boolean counted,
        ModelMessage.@Nullable Kept kept,
        String thoughts) {

    public ModelReply {
        toolCalls = List.copyOf(toolCalls);
    }

    /// The same with less of it.
    public ModelReply with(String otherText, List<ToolRequest> otherCalls) {
        return new ModelReply(
                otherText,
                otherCalls,
                finish,
                use,
                costMicroUnits,
                alias,
                provider,
                name,
                demo,
                tries,
                counted,
                kept,
                thoughts);
    }
}
