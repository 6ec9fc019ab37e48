package dev.wheelhouse.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Hosts;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads OpenAPI documents and sends what their operations ask for.
@Singleton
public final class OpenApi {

    private static final int LONGEST = 8 << 20;
    private static final int MOST_OPERATIONS = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Outbound outbound;

    public OpenApi(Outbound outbound) {
        this.outbound = outbound;
    }

    /// How an API is reached.
    ///
    /// @param headers sent with every request
    /// @param values for the security schemes, by their names
    /// @param credentials what is said of them when they are refused, such as `the secret "shop"`
    /// @param privateHosts hosts that may be off the public internet
    /// @param keyHeader in which a key for each call is sent, null for the one that the operation declares
    public record Way(
            List<BoundHeader> headers,
            Map<String, String> values,
            String credentials,
            List<String> privateHosts,
            @Nullable String keyHeader,
            Duration timeout) {}

    /// The document at an address.
    public String fetch(String url, Way way) {
        var sending = Sending.get(
                        url,
                        Map.of("Accept", "application/json, application/yaml, text/yaml, */*;q=0.5"),
                        way.headers())
                .within(way.timeout(), LONGEST);
        return outbound.send(sending, Reach.to(Reach.uri(url), way.privateHosts()), (head, body) -> {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            if (head.status() / 100 != 2) {
                throw new Problem(
                        ErrorCode.TOOL_FAILED,
                        "\"%s\" answered with the status %d".formatted(url, head.status()),
                        "Write the address of the document itself");
            }
            return text;
        });
    }

    /// What a document describes; refuses with a [Problem] what is none.
    ///
    /// @param address where the document is, or null
    /// @param base where the API is, in place of what the document says; or null
    public static List<Operation> read(String text, @Nullable String address, @Nullable String base) {
        var root = tree(text);
        String version = root.path("openapi").asText();
        if (!version.startsWith("3.")) {
            boolean isOld = root.has("swagger");
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    isOld
                            ? "The document is of Swagger %s"
                                    .formatted(Text.shorten(root.path("swagger").asText(), 20))
                            : "This is no OpenAPI document: it has no \"openapi: 3.…\"",
                    isOld
                            ? "Convert it to OpenAPI 3 first"
                            : "Name the address of the document itself, in JSON or YAML");
        }
        var document = new Document(root);
        var operations = new ArrayList<Operation>();
        var names = new HashSet<String>();
        var repeated = repeated(root);
        for (var path : root.path("paths").properties()) {
            for (String method : METHODS) {
                if (path.getValue().path(method).isObject() || path.getValue().has("$ref")) {
                    var operation = operation(
                            document, path.getKey(), path.getValue(), method, repeated, new Addresses(address, base));
                    if (operation != null && names.add(operation.name())) {
                        operations.add(operation);
                    }
                }
            }
        }
        if (operations.size() > MOST_OPERATIONS) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "The document has %,d operations".formatted(operations.size()),
                    "Cut it down to the %,d that agents need, or fewer".formatted(MOST_OPERATIONS));
        }
        return operations;
    }

    private static JsonNode tree(String text) {
        String bare = text.strip();
        if (bare.startsWith("{")) {
            return Json.readPictures(bare);
        }
        if (bare.startsWith("<")) {
            throw new Problem(
                    ErrorCode.TOOL_FAILED,
                    "This is a page for people, not an OpenAPI document",
                    "Name the address of the document itself, in JSON or YAML");
        }
        return Definitions.tree(text, LONGEST);
    }

    /// Names that several operations have: they are told apart by method and path instead.
    private static Map<String, Integer> repeated(JsonNode root) {
        var counts = new HashMap<String, Integer>();
        for (var path : root.path("paths")) {
            METHODS.forEach(method -> {
                String id = path.path(method).path("operationId").asText();
                counts.merge(id, 1, Integer::sum);
            });
        }
        return counts;
    }

    private static @Nullable Operation operation(
            Document document,
            String template,
            JsonNode written,
            String method,
            Map<String, Integer> repeated,
            Addresses addresses) {
        JsonNode path;
        try {
            path = document.resolved(written);
        } catch (RefusedException e) {
            return null;
        }
        var operation = path.path(method);
        if (!operation.isObject()) {
            return null;
        }
        String id = operation.path("operationId").asText();
        boolean isOwn = !id.isBlank() && repeated.getOrDefault(id, 0) == 1;
        String name = isOwn
                ? id
                : (method + template).replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
        return new ReadOperation(document, path, operation).read(name, method, template, addresses);
    }

    /// Sends what an operation asks for and reads the answer.
    ///
    /// @param request that of the operation
    /// @param key the same for every attempt at this call and for no other
    /// @param ready is asked right before anything is sent; throws where it must not be
    public JsonNode call(JsonNode request, JsonNode arguments, Way way, String key, Runnable ready) {
        var filled = new FillRequest(request, arguments);
        var body = WriteBody.of(request.path("body"), arguments.path("body"));
        String header = way.keyHeader() == null ? request.path("key").asText("") : way.keyHeader();
        if (!header.isEmpty()) {
            filled.header(header, key);
        }
        var uri = Reach.uri(request.path("url").asText().replaceAll("\\{[^}]*}", "x"));
        var bound = new ArrayList<>(way.headers());
        sign(request, way, filled, bound, uri);
        var headers = new HashMap<>(filled.headers());
        headers.put("Accept", "application/json, text/*;q=0.9, */*;q=0.1");
        if (body.text() != null) {
            headers.put("Content-Type", body.type());
        }
        var sending = new Sending(
                request.path("method").asText(), filled.url(), headers, bound, body.text(), way.timeout(), MOST_BYTES);
        ready.run();
        return outbound.send(
                sending, Reach.to(uri, way.privateHosts()), new ReadAnswer(way.credentials(), MOST_BYTES)::read);
    }

    /// By the first alternative for which there are values.
    private static void sign(JsonNode request, Way way, FillRequest filled, List<BoundHeader> bound, URI uri) {
        for (var alternative : request.path("security")) {
            boolean isComplete = !alternative.isEmpty();
            for (var scheme : alternative) {
                isComplete &= way.values().containsKey(scheme.path("scheme").asText());
            }
            if (isComplete) {
                alternative.forEach(scheme ->
                        sign(scheme, way.values().get(scheme.path("scheme").asText()), filled, bound, uri));
                return;
            }
        }
    }

    private static void sign(JsonNode scheme, String value, FillRequest filled, List<BoundHeader> bound, URI uri) {
        String name = scheme.path("name").asText();
        String header =
                switch (scheme.path("type").asText() + " " + scheme.path("in").asText()) {
                    case "apiKey query" -> {
                        filled.query(name, value);
                        yield "";
                    }
                    case "apiKey cookie" -> {
                        filled.cookie(name, value);
                        yield "";
                    }
                    case "apiKey header" -> value;
                    default ->
                        scheme.path("http").asText().equals("basic") ? "Basic " + base64(value) : "Bearer " + value;
                };
        if (!header.isEmpty()) {
            boolean isKey = scheme.path("type").asText().equals("apiKey");
            String host = uri.getHost();
            bound.add(new BoundHeader(isKey ? name : "Authorization", header, to -> Hosts.fits(host, to)));
        }
    }

    private static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
