package dev.wheelhouse.crawl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far a crawl goes on from a page.
///
/// @param depth how many links deep it may go from here, 0 to 2
/// @param pages all of its pages together, 1 to 200
/// @param first the document of its first page; null for the first itself
public record Crawl(int depth, int pages, @Nullable UUID first) {

    public static final int DEEPEST = 2;
    public static final int MOST_PAGES = 200;

    /// As it is kept with a document.
    public String json() {
        return "{\"depth\":%d,\"pages\":%d,\"first\":%s}"
                .formatted(depth, pages, first == null ? "null" : Json.quote(first.toString()));
    }

    public static @Nullable Crawl read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode node = Json.read(json);
        String first = node.path("first").asText(null);
        return new Crawl(
                node.path("depth").asInt(), node.path("pages").asInt(), first == null ? null : UUID.fromString(first));
    }

    /// One link on.
    public Crawl deeper(UUID first) {
        return new Crawl(depth - 1, pages, first);
    }

    /// Where robots.txt of a page's server is.
    public static String robots(String page) {
        return URI.create(page).resolve("/robots.txt").toString();
    }
}
