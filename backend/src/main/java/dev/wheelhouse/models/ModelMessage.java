package dev.wheelhouse.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was said so far, in the order in which it was said.
public sealed interface ModelMessage {

    String text();

    /// A person, or a program acting for one.
    record User(String text, List<Image> images) implements ModelMessage {
        public User {
            images = List.copyOf(images);
        }

        public User(String text) {
            this(text, List.of());
        }
    }

    /// The model; the results of its tool calls must follow before it is asked again.
    record Assistant(
            String text,
            List<ToolRequest> toolCalls,
            @Nullable Kept kept) implements ModelMessage {
        public Assistant {
            toolCalls = List.copyOf(toolCalls);
        }

        public Assistant(String text, List<ToolRequest> toolCalls) {
            this(text, toolCalls, null);
        }
    }

    /// What came of the tool call with this id.
    record ToolResult(String call, String tool, String text, boolean failed) implements ModelMessage {}

    /// A picture that the model is shown.
    ///
    /// @param type such as `image/png`
    /// @param base64 its bytes
    record Image(String type, String base64) {}

    /// What a provider wants back with an earlier answer, such as its thoughts and their signatures.
    ///
    /// @param source whose it is: nobody else is sent it
    /// @param json an object in that provider's words
    record Kept(String source, String json) {}
}
