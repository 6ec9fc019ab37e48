package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;

/// A tool as it is offered to a model; the schema is that of its arguments, an object.
public record ToolDescription(String name, String description, JsonNode schema) {}
