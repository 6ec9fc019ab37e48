package dev.wheelhouse.toolservers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.definitions.Fields;
import dev.wheelhouse.mcp.Revision;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.runs.Effect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a tool server's definition from YAML or JSON, and reports all its mistakes at once.
final class ToolServerReader {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,23}");

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern HEADER = Pattern.compile(
            "(?!(?:host|connection|content-length|content-type|transfer-encoding|upgrade|expect|te|trailer|proxy-.*|mcp-.*)$)"
                    + "[a-z0-9!#$%&'*+.^_`|~-]{1,64}",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> KEYS =
            Set.of("kind", "name", "description", "mcp", "openapi", "headers", "newTools", "timeout", "tools");
    private static final Set<String> MCP = Set.of("url", "revision", "elicitation", "signIn");
    private static final Set<String> OPENAPI = Set.of("url", "document", "server", "credentials", "idempotencyHeader");

    private ToolServerReader() {}

    static ToolServer read(String text) {
        return Definitions.read(text, KEYS, ToolServerReader::server);
    }

    static ToolServer readStored(String text) {
        return Definitions.readStored(text, KEYS, ToolServerReader::server);
    }

    private static ToolServer server(Fields fields) {
        fields.choice("kind", "tool-server", List.of("tool-server"));
        String name = fields.required("name", 63);
        if (!name.isBlank() && !NAME.matcher(name).matches()) {
            fields.mistake(
                    "name",
                    "\"%s\" is not a valid name of a tool server".formatted(Text.shorten(name, 70)),
                    "Use 1 to 24 of a-z, 0-9 and -, starting with a letter: it stands before the name of every tool");
        }
        if (fields.has("mcp") == fields.has("openapi")) {
            fields.mistake(
                    fields.has("mcp") ? "openapi" : "",
                    fields.has("mcp") ? "It cannot be both \"mcp\" and \"openapi\"" : "It needs \"mcp\" or \"openapi\"",
                    "Write `mcp: {url: https://…}` for an MCP server, `openapi: {url: https://…}` for an HTTP API");
        }
        var kind = fields.has("openapi") ? ToolServer.Kind.OPENAPI : ToolServer.Kind.MCP;
        var mcp = fields.inside("mcp", MCP);
        var openapi = fields.inside("openapi", OPENAPI);
        String document = kind == ToolServer.Kind.OPENAPI ? document(openapi) : null;
        var place = kind == ToolServer.Kind.MCP ? mcp : openapi;
        return new ToolServer(
                name,
                fields.text("description", "", 500),
                kind,
                address(place, "url", document == null && fields.has(kind.word())),
                document,
                address(openapi, "server", false),
                revision(mcp),
                headers(fields, mcp),
                SignInReader.read(mcp),
                credentials(openapi),
                fields.choice("newTools", "off", List.of("off", "on")).equals("on"),
                mcp.choice("elicitation", "decline", List.of("decline", "defaults"))
                        .equals("defaults"),
                headerName(openapi, "idempotencyHeader"),
                fields.time("timeout", USUAL, LONGEST),
                choices(fields));
    }

    private static @Nullable String address(Fields fields, String key, boolean isNeeded) {
        String url = isNeeded ? fields.required(key, 2_000) : fields.text(key, "", 2_000);
        if (url.isBlank()) {
            return null;
        }
        try {
            return Reach.uri(url).toString();
        } catch (Problem e) {
            fields.mistake(key, e.message(), e.hint());
            return null;
        }
    }

    private static @Nullable String document(Fields openapi) {
        if (openapi.has("document") == openapi.has("url")) {
            openapi.mistake(
                    "document",
                    openapi.has("url")
                            ? "It cannot have both \"url\" and \"document\""
                            : "It needs \"url\" or \"document\"",
                    "Name the document's address, or write the document itself");
        }
        JsonNode document = openapi.tree("document");
        return document == null ? null : document.isTextual() ? document.asText() : document.toString();
    }

    private static @Nullable Revision revision(Fields mcp) {
        var dates = List.of("auto", Revision.SESSIONS.date(), Revision.STATELESS.date());
        return switch (dates.indexOf(mcp.choice("revision", "auto", dates))) {
            case 1 -> Revision.SESSIONS;
            case 2 -> Revision.STATELESS;
            default -> null;
        };
    }

    private static List<ToolServer.Header> headers(Fields fields, Fields mcp) {
        var headers = headers(fields);
        if (mcp.has("signIn")
                && headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Authorization"))) {
            mcp.mistake(
                    "signIn",
                    "It cannot have both \"signIn\" and a header Authorization",
                    "Leave the header out: the sign-in brings its own");
        }
        return headers;
    }

    private static List<ToolServer.Header> headers(Fields fields) {
        return fields.list("headers", 20, Set.of("name", "value")).stream()
                .map(header -> {
                    String name = headerName(header, "name");
                    String value = header.required("value", 2_000);
                    checkValue(header, "value", value);
                    return new ToolServer.Header(name == null ? "" : name, value);
                })
                .toList();
    }

    private static @Nullable String headerName(Fields fields, String key) {
        String name = key.equals("name") ? fields.required(key, 64) : fields.text(key, "", 64);
        if (!name.isEmpty() && !HEADER.matcher(name).matches()) {
            fields.mistake(
                    key,
                    "\"%s\" is not a header you can set".formatted(Text.shorten(name, 64)),
                    "Use a header such as Authorization; those of the connection and of MCP cannot be set");
        }
        return name.isEmpty() ? null : name;
    }

    private static void checkValue(Fields fields, String key, String value) {
        if (!value.chars().allMatch(letter -> letter >= ' ' && letter < 127)) {
            fields.mistake(
                    key, "A value must be one line of printable ASCII characters", "Write it without line breaks");
        }
    }

    private static Map<String, String> credentials(Fields openapi) {
        var credentials = new LinkedHashMap<String, String>();
        for (var one : openapi.list("credentials", 20, Set.of("scheme", "value"))) {
            String value = one.required("value", 2_000);
            checkValue(one, "value", value);
            credentials.put(one.required("scheme", 100), value);
        }
        return credentials;
    }

    private static Map<String, ToolServer.Choice> choices(Fields fields) {
        var choices = new LinkedHashMap<String, ToolServer.Choice>();
        for (var tool : fields.list("tools", 1_000, Set.of("name", "effect", "approval", "timeout"))) {
            String effect = tool.choice("effect", "", List.of("read", "keyed", "unkeyed"));
            String approval = tool.choice("approval", "", List.of("always", "never"));
            String name = tool.required("name", 256);
            var choice = new ToolServer.Choice(
                    effect.isEmpty() ? null : Effect.of(effect),
                    approval.isEmpty() ? null : approval.equals("always"),
                    tool.has("timeout") ? tool.time("timeout", USUAL, LONGEST) : null);
            if (choices.put(name, choice) != null) {
                tool.mistake("name", "\"%s\" is there twice".formatted(Text.shorten(name, 80)), "Keep one of them");
            }
        }
        return choices;
    }
}
