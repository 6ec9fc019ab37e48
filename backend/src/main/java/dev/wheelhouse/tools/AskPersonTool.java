package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Asks a person and waits up to a day for the answer.
@Singleton
final class AskPersonTool implements Tool {

    @Override
    public String name() {
        return "ask_person";
    }

    @Override
    public String description() {
        return "Asks a person and waits for the answer. Give options to choose from, or a JSON Schema for the answer.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["question"], "properties": {
                  "question": {"type": "string", "minLength": 1, "maxLength": 4000,
                    "description": "The question, with everything the person needs to know to answer it"},
                  "options": {"type": "array", "minItems": 2, "maxItems": 20, "uniqueItems": true,
                    "description": "Answers to choose from; omit for a free-form answer",
                    "items": {"type": "string", "minLength": 1, "maxLength": 200}},
                  "schema": {"type": "object", "maxProperties": 50,
                    "description": "JSON Schema of the answer, shown as a form; cannot be combined with options"}}}""";
    }

    @Override
    public Optional<Later> later(JsonNode arguments) {
        if (arguments.has("schema") && QuestionForm.mistake(arguments.get("schema")) != null) {
            return Optional.empty();
        }
        ObjectNode question = Json.mapper()
                .createObjectNode()
                .put("kind", "question")
                .put("tool", name())
                .put("message", arguments.path("question").asText());
        question.setAll(form(arguments));
        return Optional.of(new Later.Ask(question));
    }

    /// Only reached by questions that cannot be answered; the model sees why.
    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) {
        throw new Problem(
                ErrorCode.INVALID_ARGUMENTS,
                "The schema cannot be used: " + QuestionForm.mistake(arguments.path("schema")),
                "Describe the answer with type, properties, required, enum, minimum, maximum and lengths");
    }

    /// Options become a schema, too, so that there is one way to validate an answer.
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
