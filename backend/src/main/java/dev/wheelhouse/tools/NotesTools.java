package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Effect;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/// Three tools over a tenant's notes.
@Factory
final class NotesTools {

    private final NoteStore notes;

    NotesTools(NoteStore notes) {
        this.notes = notes;
    }

    @Singleton
    Tool write() {
        return new NotesTool(
                "notes_write",
                "Saves a note under a name, replacing any note of that name.",
                Effect.KEYED,
                """
                {"type": "object", "additionalProperties": false, "required": ["name", "text"], "properties": {
                  "name": {"type": "string", "minLength": 1, "maxLength": 100, "description": "Name of the note"},
                  "text": {"type": "string", "maxLength": 20000, "description": "The complete new text"}}}""",
                this::write);
    }

    @Singleton
    Tool read() {
        return new NotesTool("notes_read", "Reads a note by its name.", Effect.READ, """
                {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
                  "name": {"type": "string", "minLength": 1, "maxLength": 100, "description": "Name of the note"}}}""", this::read);
    }

    @Singleton
    Tool list() {
        return new NotesTool("notes_list", "Lists the names of all notes.", Effect.READ, """
                {"type": "object", "additionalProperties": false, "properties": {}}""", this::list);
    }

    private JsonNode write(JsonNode arguments, ToolContext context) {
        String name = Text.storable(arguments.path("name").asText());
        context.ensureOwned();
        notes.write(
                context.tenant(),
                context.idempotencyKey(),
                name,
                Text.storable(arguments.path("text").asText()));
        return Json.mapper().createObjectNode().put("saved", name);
    }

    private JsonNode read(JsonNode arguments, ToolContext context) {
        String name = Text.storable(arguments.path("name").asText());
        String text = notes.read(context.tenant(), name)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_FOUND,
                        "There is no note \"%s\"".formatted(name),
                        Suggest.hint(name, notes.names(context.tenant()))));
        return Json.mapper().createObjectNode().put("name", name).put("text", text);
    }

    private JsonNode list(JsonNode arguments, ToolContext context) {
        return Json.mapper().createObjectNode().set("names", Json.mapper().valueToTree(notes.names(context.tenant())));
    }

    @FunctionalInterface
    private interface Call {
        JsonNode call(JsonNode arguments, ToolContext context);
    }

    private record NotesTool(String name, String description, Effect effect, String schema, Call what) implements Tool {
        @Override
        public JsonNode call(JsonNode arguments, ToolContext context) {
            return what.call(arguments, context);
        }
    }
}
