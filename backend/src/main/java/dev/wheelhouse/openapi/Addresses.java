package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.outbound.Reach;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where an API is: what the definition says, or the first of a document's servers.
///
/// @param document where the document is, which relative addresses begin at; null where it is in the definition
/// @param own what the definition says instead, or null
record Addresses(@Nullable String document, @Nullable String own) {

    /// Without a slash at its end.
    String base(JsonNode... servers) {
        String text = own == null ? written(servers) : own;
        try {
            String whole = Reach.uri(absolute(text)).toString();
            return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
        } catch (Problem | IllegalArgumentException e) {
            throw new RefusedException(
                    "the document does not say where it is (its server is \"%s\"): write the address as `server` in the definition"
                            .formatted(Text.shorten(text, 100)));
        }
    }

    private String absolute(String text) {
        return text.matches("(?i)https?://.*") || document == null
                ? text
                : URI.create(document)
                        .resolve(text.isEmpty() ? "/" : text.replace(" ", "%20"))
                        .toString();
    }

    /// The nearest list that names any.
    private static String written(JsonNode... servers) {
        for (var list : servers) {
            if (list.isArray() && !list.isEmpty()) {
                return filled(list.get(0));
            }
        }
        return "/";
    }

    private static String filled(JsonNode server) {
        String url = server.path("url").asText();
        for (var variable : server.path("variables").properties()) {
            var values = variable.getValue();
            String value =
                    values.path("default").asText(values.path("enum").path(0).asText());
            url = url.replace("{" + variable.getKey() + "}", value);
        }
        return url;
    }
}
