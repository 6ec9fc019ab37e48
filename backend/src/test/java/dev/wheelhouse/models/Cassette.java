package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads recordings in VCR's YAML: what was asked, what came back, and what that has to be read as.
final class Cassette {

    private static final int LARGEST = 64 << 20;

    private Cassette() {}

    /// One question and its answer.
    ///
    /// @param expected read off the recording in the plainest way, by other code than the product's
    record Exchange(int number, FakeWire wire, int status, String type, byte[] body, Expected expected) {

        /// Whether what was recorded is a failure: a refusal, an error inside a stream, something that is no answer.
        boolean mayFail() {
            String text = new String(body, StandardCharsets.UTF_8);
            boolean isAnswer = text.matches("(?s)\\s*(data:|event:|:|\\{|\u0000).*");
            return status >= 400 || expected.isNothing() || !isAnswer || text.contains("\"error\":{");
        }

        FakeProvider.Reply reply() {
            return (out, _) -> {
                String head = "HTTP/1.1 %d Said\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n";
                out.write(head.formatted(status, type, body.length).getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            };
        }
    }

    /// @param text null for a stream, whose pieces are not put together a second time here
    record Expected(
            @Nullable String text,
            List<String> calls,
            @Nullable TokenUse use) {
        boolean isNothing() {
            return text != null && text.isBlank() && calls.isEmpty();
        }
    }

    static List<Exchange> read(Path file) throws IOException {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        var exchanges = new ArrayList<Exchange>();
        Object all;
        try {
            all = new Yaml(options).load(Files.readString(file));
        } catch (YAMLException | java.nio.charset.MalformedInputException notForUs) {
            return List.of();
        }
        if (!(all instanceof Map<?, ?> map) || !(map.get("interactions") instanceof List<?> list)) {
            return List.of();
        }
        for (int at = 0; at < list.size(); at++) {
            var one = exchange(at, (Map<?, ?>) list.get(at));
            if (one != null) {
                exchanges.add(one);
            }
        }
        return exchanges;
    }

    private static @Nullable Exchange exchange(int at, Map<?, ?> one) {
        if (!(one.get("request") instanceof Map<?, ?> request)
                || !(one.get("response") instanceof Map<?, ?> response)
                || !(response.get("status") instanceof Map<?, ?> status)) {
            return null;
        }
        var wire = wire(String.valueOf(request.get("uri")));
        byte[] body = body(response);
        if (wire == null || body == null || body.length == 0 || !isForUs(request)) {
            return null;
        }
        int code = (int) status.get("code");
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode json = json(text);
        boolean isGoogle = wire == FakeWire.GEMINI || wire == FakeWire.VERTEX;
        var expected = json == null ? new Expected(null, List.of(), null) : ReadPlainly.of(wire, json);
        if (json == null
                && (text.contains("\"tool_calls\":[{")
                        || text.contains("tool_use")
                        || text.contains("functionCall")
                        || text.contains("toolUse"))) {
            expected = new Expected(null, ReadPlainly.namesIn(text), null);
        }
        boolean asEvent = isGoogle && json != null && code == 200;
        return new Exchange(
                at,
                wire,
                code,
                asEvent || text.startsWith("data:") || text.startsWith("event:")
                        ? "text/event-stream"
                        : "application/json",
                asEvent ? ("data: " + json + "\n\n").getBytes(StandardCharsets.UTF_8) : body,
                expected);
    }

    /// Questions for a chat; those about batches, files and tools that a provider runs itself are not ours.
    private static boolean isForUs(Map<?, ?> request) {
        String asked =
                String.valueOf(request.containsKey("parsed_body") ? request.get("parsed_body") : request.get("body"));
        return "POST".equals(request.get("method"))
                && !asked.matches("(?s).*(web_search|code_execution|codeExecution|googleSearch|google_search|urlContext"
                        + "|url_context|mcp_servers|web_fetch|image_generation|responseModalities|tool_search|nova_grounding"
                        + "|memory_2025|fileSearch|file_search|code_interpreter|systemTool|compact).*");
    }

    private static @Nullable FakeWire wire(String uri) {
        if (uri.contains("/converse")) {
            return FakeWire.BEDROCK;
        }
        if (uri.matches(".*:(streamG|g)enerateContent.*")) {
            return uri.contains("aiplatform") ? FakeWire.VERTEX : FakeWire.GEMINI;
        }
        if (uri.matches(".*/v1/messages(\\?.*)?")) {
            return FakeWire.ANTHROPIC;
        }
        if (uri.contains("/api/chat")) {
            return FakeWire.OLLAMA;
        }
        boolean isChat = uri.contains("/chat/completions");
        return !isChat ? null : uri.contains("api.mistral.ai") ? FakeWire.MISTRAL : FakeWire.OPENAI;
    }

    private static byte @Nullable [] body(Map<?, ?> response) {
        if (response.containsKey("parsed_body")) {
            return Json.write(response.get("parsed_body")).getBytes(StandardCharsets.UTF_8);
        }
        Object body = response.get("body");
        if (body instanceof Map<?, ?> map) {
            body = map.containsKey("string") ? map.get("string") : map.get("base64_string");
            if (map.containsKey("base64_string")) {
                return Base64.getMimeDecoder().decode(String.valueOf(body));
            }
        }
        return body instanceof byte[] bytes
                ? bytes
                : body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
    }

    private static @Nullable JsonNode json(String text) {
        try {
            return text.stripLeading().startsWith("{") ? Json.read(text) : null;
        } catch (Problem notJson) {
            return null;
        }
    }
}
