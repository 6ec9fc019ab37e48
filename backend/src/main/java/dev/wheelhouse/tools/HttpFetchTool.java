package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Hosts;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.secrets.Secrets;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a page from a host that the agent may reach.
@Singleton
final class HttpFetchTool implements Tool {

    private static final Map<String, String> ACCEPT =
            Map.of("Accept", "text/html, text/plain, application/json, text/*;q=0.8, */*;q=0.1");

    private final HttpFetchConfig config;
    private final Outbound outbound;
    private final Secrets secrets;

    HttpFetchTool(HttpFetchConfig config, Outbound outbound, Secrets secrets) {
        this.config = config;
        this.outbound = outbound;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "http_fetch";
    }

    @Override
    public String description() {
        return "Reads a web page or file as text. Only allowed hosts can be reached; a refusal lists them.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return config.timeout();
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["url"], "properties": {
                  "url": {"type": "string", "minLength": 1, "maxLength": 2000, "description": "URL of the page, http or https; its host must be allowed"}}}""";
    }

    @Override
    public JsonNode call(JsonNode arguments, ToolContext context) {
        String url = arguments.path("url").asText();
        var sending = Sending.get(url, ACCEPT, headers(url, context))
                // The caller already enforces the tool's timeout; this bounds what would continue in the background.
                .within(config.timeout().plusSeconds(1), config.maxBytes());
        var reach = Reach.listed(context.allowedHosts(), config.allowPrivate());
        var page = new ReadPage(config.maxBytes(), secrets.scrubber(context.tenant()));
        return outbound.send(sending, reach, page::read);
    }

    /// If a header is meant for the URL itself, a missing secret or one bound to other hosts is an error; if only a
    /// redirect might lead to such a host, the header is left out.
    private List<BoundHeader> headers(String url, ToolContext context) {
        if (context.headers().isEmpty()) {
            return List.of();
        }
        var first = Reach.uri(url);
        var headers = new ArrayList<BoundHeader>();
        for (var header : context.headers()) {
            boolean isFor = Hosts.fits(header.to(), first);
            try {
                if (isFor) {
                    secrets.checkBound(context.tenant(), header.value(), first);
                }
                headers.add(secrets.header(
                        context.tenant(), header.name(), header.value(), uri -> Hosts.fits(header.to(), uri)));
            } catch (Problem e) {
                if (isFor) {
                    throw e;
                }
            }
        }
        return headers;
    }
}
