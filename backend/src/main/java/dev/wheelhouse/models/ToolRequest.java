package dev.wheelhouse.models;

/// A model wants a tool called. `arguments` is JSON text as the model wrote it, so it may be no JSON at all.
public record ToolRequest(String id, String tool, String arguments) {

    /// The id of a call that no model has asked for: the agent looks into its memory before it asks one.
    public static final String RECALL = "recall";
}
