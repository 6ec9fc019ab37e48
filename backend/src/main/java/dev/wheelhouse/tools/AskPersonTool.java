package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Asks a person and waits for the answer, for a day at most.
@Singleton
final class AskPersonTool implements Tool {

    @Override
    public String name() {
        return "ask_person";
    }

    @Override
    public String description() {
        return "Asks a person and waits for the answer. Give options to choose from, or a JSON Schema that the answer fits.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["question"], "properties": {
                  "question": {"type": "string", "minLength": 1, "maxLength": 4000},
                  "options": {"type": "array", "minItems": 2, "maxItems": 20, "uniqueItems": true,
                    "items": {"type": "string", "minLength": 1, "maxLength": 200}},
                  "schema": {"type": "object", "maxProperties": 50}}}""";
    }

    @Override
    public Optional<Later> later(JsonNode arguments) {
        ObjectNode question = Json.mapper()
                .createObjectNode()
                .put("kind", "question")
                .put("tool", name())
                .put("message", arguments.path("question").asText());
        question.setAll(form(arguments));
        return Optional.of(new Later.Ask(question));
    }

    /// Options are a schema, too, so that there is one way to check an answer.
    private static ObjectNode form(JsonNode arguments) {
        ObjectNode form = Json.mapper().createObjectNode();
        if (arguments.has("options")) {
            form.set("options", arguments.get("options"));
            form.set("schema", Json.mapper().createObjectNode().set("enum", arguments.get("options")));
        } else if (arguments.has("schema")) {
            form.set("schema", arguments.get("schema"));
        }
        return form;
    }
}
