package dev.wheelhouse.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one try brought.
///
/// @param finish `stop`, `tool_calls` or `length`
/// @param counted false where the provider kept the token counts to itself and ours is a guess
/// @param kept what the provider wants back with this answer, null if nothing
/// @param thoughts what the model let be seen of how it came to the answer, empty if nothing
public record Answer(
        String text,
        List<ToolRequest> toolCalls,
        String finish,
        TokenUse use,
        boolean counted,
        ModelMessage.@Nullable Kept kept,
        String thoughts) {

    /// An answer without thoughts.
    public Answer(
            String text,
            List<ToolRequest> toolCalls,
            String finish,
            TokenUse use,
            boolean counted,
            ModelMessage.@Nullable Kept kept) {
        this(text, toolCalls, finish, use, counted, kept, "");
    }

    /// An answer of which nothing has to go back.
    public Answer(String text, List<ToolRequest> toolCalls, String finish, TokenUse use, boolean counted) {
        this(text, toolCalls, finish, use, counted, null);
    }
}
