package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.util.ArrayList;
import java.util.List;

/// Makes of a tool's result what a model reads: text and JSON. What is neither is named and left out.
final class ReadResult {

    private static final int LONGEST_ERROR = 4_000;

    private final List<String> texts = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private ReadResult() {}

    static JsonNode of(JsonNode result, McpServer server) {
        if (!result.path("resultType").asText("complete").equals("complete")) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "\"%s\" answered with a result of the kind \"%s\""
                            .formatted(server.url(), result.path("resultType").asText()),
                    "Use another tool");
        }
        var read = new ReadResult();
        result.path("content").forEach(read::add);
        var structured = result.has("structuredContent") ? result.path("structuredContent") : result.path("toolResult");
        if (result.path("isError").asBoolean()) {
            throw new Problem(ErrorCode.TOOL_FAILED, read.error(structured), "Fix what it names, or do without it");
        }
        return read.output(structured);
    }

    private String error(JsonNode structured) {
        String said = String.join("\n", texts).strip();
        String text = said.isEmpty() && !structured.isMissingNode() ? structured.toString() : said;
        return text.isEmpty() ? "The tool failed and did not say why" : Text.shorten(text, LONGEST_ERROR);
    }

    /// Structured content stands for the text that repeats it.
    private JsonNode output(JsonNode structured) {
        String text = String.join("\n", texts);
        boolean isStructured = !structured.isMissingNode() && !structured.isNull();
        if (leftOut.isEmpty()) {
            return isStructured ? structured : value(text);
        }
        var output = Json.mapper().createObjectNode();
        if (isStructured) {
            output.set("result", structured);
        } else if (!text.isEmpty()) {
            output.set("result", value(text));
        }
        leftOut.forEach(output.putArray("leftOut")::add);
        return output;
    }

    /// Most servers put JSON into text.
    private static JsonNode value(String text) {
        String bare = text.strip();
        if (bare.startsWith("{") || bare.startsWith("[")) {
            try {
                return Json.read(bare);
            } catch (Problem e) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }

    private void add(JsonNode part) {
        String kind = part.path("type").asText();
        switch (kind) {
            case "text" -> texts.add(part.path("text").asText());
            case "resource_link" -> texts.add(link(part));
            case "resource" -> resource(part.path("resource"));
            default -> leaveOut(kind.isEmpty() ? "a part without a type" : kind, part, "data");
        }
    }

    private void resource(JsonNode resource) {
        if (resource.path("text").isTextual()) {
            texts.add(resource.path("text").asText());
        } else {
            leaveOut("file " + resource.path("uri").asText(), resource, "blob");
        }
    }

    private static String link(JsonNode part) {
        String about = part.path("description").asText("");
        return "%s: %s%s"
                .formatted(
                        part.path("title").asText(part.path("name").asText("Link")),
                        part.path("uri").asText(),
                        about.isEmpty() ? "" : " (" + about + ")");
    }

    private void leaveOut(String what, JsonNode part, String where) {
        int bytes = part.path(where).asText().length() / 4 * 3;
        leftOut.add("%s (%s, %,d bytes): agents read text only"
                .formatted(Text.shorten(what, 200), part.path("mimeType").asText("unknown type"), bytes));
    }
}
