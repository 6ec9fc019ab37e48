package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.openapi.OpenApi;
import dev.wheelhouse.openapi.Operation;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.tools.ToolContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Speaks to HTTP APIs by their OpenAPI documents.
@Singleton
final class SpeakOpenApi implements Speaks {

    private final OpenApi api;
    private final Credentials credentials;
    private final ToolServersConfig config;

    SpeakOpenApi(OpenApi api, Credentials credentials, ToolServersConfig config) {
        this.api = api;
        this.credentials = credentials;
        this.config = config;
    }

    @Override
    public List<Offered> offers(Server server) {
        var definition = server.definition();
        String document = definition.document();
        if (document == null) {
            String url = String.valueOf(definition.url());
            document = api.fetch(url, way(server, url, false, definition.timeout()));
        }
        return OpenApi.read(document, definition.url(), definition.base()).stream()
                .map(operation -> offered(operation, definition))
                .toList();
    }

    private static Offered offered(Operation operation, ToolServer definition) {
        var hints = operation.hints().deepCopy();
        if (definition.idempotencyHeader() != null) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) hints).put("idempotentHint", true);
        }
        return new Offered(
                operation.name(),
                operation.title(),
                operation.description(),
                operation.schema(),
                hints,
                operation.request(),
                operation.refused());
    }

    @Override
    public JsonNode call(Server server, ServerTool tool, JsonNode arguments, ToolContext context) {
        JsonNode request = java.util.Objects.requireNonNull(tool.shown().request());
        String url = request.path("url").asText().replaceAll("\\{[^}]*}", "x");
        var way = way(server, url, true, tool.timeout().plusSeconds(1));
        return api.call(request, arguments, way, context.idempotencyKey(), context::ensureOwned);
    }

    /// @param isCall whether the API itself is asked, and not for its document
    private OpenApi.Way way(Server server, String url, boolean isCall, Duration timeout) {
        var definition = server.definition();
        var uri = Reach.uri(url);
        var values = new HashMap<String, String>();
        if (isCall) {
            definition
                    .credentials()
                    .forEach((scheme, value) -> values.put(scheme, credentials.value(server.tenant(), value, uri)));
        }
        var named = new ArrayList<>(definition.credentials().values());
        definition.headers().forEach(header -> named.add(header.value()));
        return new OpenApi.Way(
                isCall ? credentials.headers(server.tenant(), definition.headers(), url) : List.of(),
                values,
                Credentials.named(named),
                config.privateHosts(),
                definition.idempotencyHeader(),
                timeout);
    }
}
