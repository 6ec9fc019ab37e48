package dev.wheelhouse.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.crawl.Crawl;
import dev.wheelhouse.documents.NewDocument;
import dev.wheelhouse.knowledge.Search;
import dev.wheelhouse.passages.Language;
import dev.wheelhouse.rest.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what clients send about collections and documents.
final class KnowledgeRequest {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int LONGEST_QUERY = 2_000;
    private static final int LONGEST_NAME = 500;
    private static final int MOST_LABELS = 16;
    private static final int USUAL_PAGES = 50;

    private KnowledgeRequest() {}

    static String name(Fields fields) {
        String name = fields.text("name", 63);
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            fields.refuse(
                    "name",
                    "\"%s\" is not a valid name".formatted(Text.shorten(name, 70)),
                    "Use lowercase letters, digits and hyphens");
        }
        return name;
    }

    static String textOr(Fields fields, String key, int longest, String usual) {
        String text = fields.textOrNull(key, longest);
        return text == null ? usual : text;
    }

    static String choice(Fields fields, String key, String usual, Set<String> words) {
        String word = textOr(fields, key, 40, usual);
        if (!words.contains(word)) {
            fields.refuse(
                    key,
                    "\"%s\" is \"%s\"".formatted(key, word),
                    "Use one of " + String.join(", ", new TreeSet<>(words)));
            return usual;
        }
        return word;
    }

    static String language(Fields fields) {
        String code = textOr(fields, "language", 10, "auto");
        if (!code.equals("auto") && Language.of(code).isEmpty()) {
            var known = new TreeSet<String>();
            for (var language : Language.values()) {
                known.add(language.code());
            }
            fields.refuse(
                    "language",
                    "\"%s\" is no language that is known here".formatted(code),
                    "Use auto, or one of " + String.join(", ", known));
        }
        return code;
    }

    static NewDocument document(Fields fields, String createdBy, int longest) {
        String text = fields.textOrNull("text", longest);
        String url = fields.textOrNull("url", 2_000);
        String key = fields.textOrNull("key", LONGEST_NAME);
        String name = fields.textOrNull("name", LONGEST_NAME);
        if (text != null && key == null && (name == null || name.isBlank())) {
            fields.refuse("name", "\"name\" is missing", "Name the text, or give it a key");
        }
        return new NewDocument(
                key == null || key.isBlank() ? null : key,
                name == null ? "" : name,
                textOr(fields, "mediaType", 200, text == null ? "" : "text/plain"),
                labels(fields),
                text == null ? null : text.getBytes(StandardCharsets.UTF_8),
                url,
                createdBy,
                crawl(fields, url));
    }

    /// How far the links of a page are followed, null for not at all.
    private static @Nullable String crawl(Fields fields, @Nullable String url) {
        var wanted = fields.objectOrNull("crawl", Set.of("depth", "pages"));
        if (wanted == null) {
            return null;
        }
        if (url == null) {
            fields.refuse("crawl", "There is no page to follow links from", "Send its address as \"url\"");
        }
        Integer depth = wanted.numberOrNull("depth", 1, Crawl.DEEPEST);
        Integer pages = wanted.numberOrNull("pages", 1, Crawl.MOST_PAGES);
        return new Crawl(depth == null ? 1 : depth, pages == null ? USUAL_PAGES : pages, null).json();
    }

    static void checkOneSource(Fields fields) {
        long sources =
                List.of("text", "url", "size").stream().filter(fields::has).count();
        if (sources != 1) {
            fields.refuse(
                    "text",
                    sources == 0 ? "There is nothing to read" : "There is more than one thing to read",
                    "Send one of text, url, or size for a file that follows; a file goes as a form's field \"file\"");
        }
    }

    private static String labels(Fields fields) {
        JsonNode node = fields.node("labels");
        return node == null ? "{}" : labels(fields, node);
    }

    private static String labels(Fields fields, JsonNode node) {
        boolean fits = node.isObject() && node.size() <= MOST_LABELS;
        if (fits) {
            for (var label : node.properties()) {
                fits &= label.getKey().length() <= 64
                        && label.getValue().isTextual()
                        && label.getValue().asText().length() <= 500
                        && Text.storable(label.getValue().asText())
                                .equals(label.getValue().asText());
            }
        }
        if (!fits) {
            fields.refuse(
                    "labels",
                    "\"labels\" must be an object with at most 16 texts of at most 500 characters",
                    "Write them as {\"team\": \"sales\"}");
            return "{}";
        }
        return node.toString();
    }

    /// Those of a form.
    static String labels(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return "{}";
        }
        var fields =
                Fields.of(("{\"labels\":" + Json.read(json) + "}").getBytes(StandardCharsets.UTF_8), Set.of("labels"));
        String labels = labels(fields);
        fields.check();
        return labels;
    }

    static @Nullable String key(@Nullable String key) {
        if (key == null || key.isBlank()) {
            return null;
        }
        return bounded("The key", key);
    }

    static String fileName(@Nullable String name) {
        return bounded("The name of the file", name == null || name.isBlank() ? "file" : name);
    }

    private static String bounded(String what, String text) {
        if (text.length() > LONGEST_NAME) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "%s has %d characters".formatted(what, text.length()),
                    "Send at most " + LONGEST_NAME);
        }
        return Text.storable(text);
    }

    static Search search(Fields fields) {
        String query = fields.text("query", LONGEST_QUERY);
        Integer most = fields.numberOrNull("k", 1, Search.MOST_HITS);
        String mode = choice(fields, "mode", "hybrid", Set.of("hybrid", "lexical", "dense"));
        var filter = fields.objectOrNull("filter", Set.of("document", "labels"));
        return new Search(
                collections(fields),
                query,
                most == null ? Search.USUAL_HITS : most,
                filter == null ? null : document(filter),
                filter == null ? Map.of() : wantedLabels(filter),
                Search.Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
    }

    private static @Nullable UUID document(Fields filter) {
        String id = filter.textOrNull("document", 100);
        try {
            return id == null ? null : UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            filter.refuse("document", "\"%s\" is not the id of a document".formatted(id), null);
            return null;
        }
    }

    private static Map<String, String> wantedLabels(Fields filter) {
        var wanted = new TreeMap<String, String>();
        for (var label : Json.read(labels(filter)).properties()) {
            wanted.put(label.getKey(), label.getValue().asText());
        }
        return wanted;
    }

    private static List<String> collections(Fields fields) {
        JsonNode list = fields.node("collections");
        var names = new ArrayList<String>();
        if (list != null && list.isArray()) {
            list.forEach(name -> names.add(name.isTextual() ? name.asText() : ""));
        }
        if (names.isEmpty() || names.size() > Search.MOST_COLLECTIONS || names.contains("")) {
            fields.refuse(
                    "collections",
                    "\"collections\" must be a list of 1 to %d names or ids".formatted(Search.MOST_COLLECTIONS),
                    null);
        }
        return names;
    }
}
