package dev.wheelhouse.openapi;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// A document whose parts refer to each other.
record Document(JsonNode root) {

    private static final int MOST_STEPS = 20;

    /// The part itself, or what it refers to in the end.
    JsonNode resolved(JsonNode part) {
        var at = part;
        for (int steps = 0; at.path("$ref").isTextual(); steps++) {
            if (steps == MOST_STEPS) {
                throw new RefusedException(
                        "\"%s\" refers to itself".formatted(part.path("$ref").asText()));
            }
            at = target(at.path("$ref").asText());
        }
        return at;
    }

    JsonNode target(String reference) {
        if (!reference.startsWith("#/")) {
            throw new RefusedException(
                    "it refers to \"%s\", which is outside the document".formatted(Text.shorten(reference, 100)));
        }
        String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        var found = root.at(JsonPointer.compile(pointer));
        if (found.isMissingNode()) {
            throw new RefusedException(
                    "it refers to \"%s\", which is not there".formatted(Text.shorten(reference, 100)));
        }
        return found;
    }
}
