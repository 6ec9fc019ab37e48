package dev.wheelhouse.models;

/// A model wants a tool called. `arguments` is JSON text as the model wrote it, so it may be no JSON at all.
public record ToolRequest(String id, String tool, String arguments) {}
