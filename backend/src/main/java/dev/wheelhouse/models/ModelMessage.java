package dev.wheelhouse.models;

import java.util.List;

/// What was said so far, in the order in which it was said.
public sealed interface ModelMessage {

    String text();

    /// A person, or a program acting for one.
    record User(String text) implements ModelMessage {}

    /// The model; the results of its tool calls must follow before it is asked again.
    record Assistant(String text, List<ToolRequest> toolCalls) implements ModelMessage {
        public Assistant {
            toolCalls = List.copyOf(toolCalls);
        }
    }

    /// What came of the tool call with this id.
    record ToolResult(String call, String tool, String text, boolean failed) implements ModelMessage {}
}
