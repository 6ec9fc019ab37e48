package dev.wheelhouse.rest;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Authored;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import org.jspecify.annotations.Nullable;

/// What is sent about a definition with revisions, an agent's or a workflow's: its text, flags, a revision's number.
public final class DefinitionRequest {

    private DefinitionRequest() {}

    /// JSON is read as the YAML that it is, but for tabs, which JSON allows between values.
    public static String text(HttpRequest<?> request, byte @Nullable [] body) {
        String text = Fields.text(body);
        boolean isJson = request.getContentType()
                .map(MediaType.APPLICATION_JSON_TYPE::matches)
                .orElse(true);
        if (!isJson) {
            return text;
        }
        Json.read(text);
        return text.replace('\t', ' ');
    }

    /// What an author notes on a revision; null for nothing.
    public static @Nullable String note(@Nullable String note) {
        if (note != null && note.length() > Authored.LONGEST_NOTE) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "note has %d letters".formatted(note.length()),
                    "Send at most %d".formatted(Authored.LONGEST_NOTE));
        }
        return note == null || note.isBlank() ? null : Text.storable(note.strip());
    }

    public static boolean flag(String what, @Nullable String text, boolean usual) {
        return switch (text) {
            case null -> usual;
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new Problem(
                        ErrorCode.BAD_REQUEST,
                        "%s is \"%s\"".formatted(what, Text.shorten(text, 40)),
                        "Send true or false");
        };
    }

    /// Text that is not a number cannot be a revision.
    ///
    /// @param called what is spoken of, such as `Agent "assistant"`
    public static int revision(String called, String n) {
        try {
            return Integer.parseInt(n);
        } catch (NumberFormatException e) {
            throw new Problem(ErrorCode.NOT_FOUND, "%s has no revision \"%s\"".formatted(called, Text.shorten(n, 40)));
        }
    }
}
