package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;

/// A tool as it is offered to a model; the schema is that of its arguments, an object.
///
/// @param schemaText the schema as JSON, however it is written: a call is told apart from another by it, and writing a
/// schema anew for each call would cost more than the rest of the call's digest
public record ToolDescription(String name, String description, JsonNode schema, String schemaText) {

    public ToolDescription(String name, String description, JsonNode schema) {
        this(name, description, schema, schema.toString());
    }
}
