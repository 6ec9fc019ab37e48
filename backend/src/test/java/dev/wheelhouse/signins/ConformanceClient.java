package dev.wheelhouse.signins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.mcp.ChallengedException;
import dev.wheelhouse.mcp.Mcp;
import dev.wheelhouse.mcp.McpServer;
import dev.wheelhouse.mcp.Offer;
import dev.wheelhouse.mcp.Revision;
import dev.wheelhouse.outbound.BoundHeader;
import dev.wheelhouse.outbound.Outbound;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What MCP's own conformance kit starts, with the address of its server: lists the tools and calls every one that is
/// not refused, as the kit says where it says so. Where the server wants somebody to sign in, it is the person too, who
/// agrees to everything. `scripts/mcp-conformance` runs it.
final class ConformanceClient {

    private static final List<String> HERE = List.of("localhost", "127.0.0.1");
    private static final Register.Addresses OWN = new Register.Addresses(
            "http://localhost:3333/api/v1/sign-ins/callback", "https://conformance-test.local/client-metadata.json");
    private static final int MOST_SIGN_INS = 3;

    private final JsonNode kit;
    private final String url;
    private final Mcp mcp;
    private final Discovery discovery;
    private final Register register;
    private final AskTokens ask;
    private final Place place;
    private @Nullable Client client;
    private List<String> scopes = List.of();
    private @Nullable String token;
    private int signIns;

    private ConformanceClient(JsonNode kit, String url, Outbound outbound) {
        this.kit = kit;
        this.url = url;
        this.mcp = new Mcp(outbound);
        var fetch = new Fetch(outbound);
        this.discovery = new Discovery(fetch);
        this.register = new Register(fetch);
        this.ask = new AskTokens(fetch, (_, text, _) -> text, InstantSource.system());
        this.place = new Place(new TenantId("default"), "kit", url, HERE, wanted(kit));
    }

    public static void main(String[] arguments) throws Exception {
        var kit = Json.read(Objects.requireNonNullElse(System.getenv("MCP_CONFORMANCE_CONTEXT"), "{}"));
        try (var outbound = Outbound.direct()) {
            new ConformanceClient(kit, arguments[arguments.length - 1], outbound).run();
        } catch (Problem e) {
            System.out.println(e.sentences());
            System.exit(1);
        }
    }

    private static Wanted wanted(JsonNode kit) {
        boolean isByItself = kit.path("name").asText().contains("client-credentials");
        return new Wanted(
                isByItself ? Wanted.Grant.CLIENT_CREDENTIALS : Wanted.Grant.AUTHORIZATION_CODE,
                null,
                textOrNull(kit, "client_id"),
                textOrNull(kit, "client_secret"),
                textOrNull(kit, "private_key_pem"),
                List.of());
    }

    private static @Nullable String textOrNull(JsonNode kit, String name) {
        return kit.path(name).isTextual() ? kit.path(name).asText() : null;
    }

    private interface Asks<T> {
        T ask(McpServer server) throws InterruptedException;
    }

    private void run() throws IOException, InterruptedException {
        var tools = letIn(mcp::list);
        for (var tool : tools) {
            if (tool.refused() == null) {
                call(tool, given(tool, tools.getFirst().schema()));
            } else {
                System.out.println(tool.name() + " is refused: " + tool.refused());
            }
        }
        // The kit changes its mind after the first call.
        if (kit.path("name").asText().isEmpty() && token != null) {
            letIn(mcp::list);
        }
    }

    private <T> T letIn(Asks<T> asks) throws IOException, InterruptedException {
        while (true) {
            try {
                return asks.ask(server());
            } catch (ChallengedException e) {
                if (++signIns > MOST_SIGN_INS) {
                    throw e.problem();
                }
                signIn(Challenge.read(e.status(), e.challenge()));
            }
        }
    }

    private McpServer server() {
        boolean isOld = "2025-11-25".equals(System.getenv("MCP_CONFORMANCE_PROTOCOL_VERSION"));
        return new McpServer(
                url,
                url,
                token == null ? List.of() : List.of(new BoundHeader("Authorization", "Bearer " + token, _ -> true)),
                "",
                HERE,
                isOld ? Revision.SESSIONS : null,
                true,
                Duration.ofSeconds(15));
    }

    private void signIn(Challenge challenge) throws IOException, InterruptedException {
        var found = Objects.requireNonNull(discovery.find(place, challenge), "It says where to sign in");
        boolean isSame = client == null || client.issuer().equals(found.server().issuer());
        scopes = Challenge.union(isSame ? scopes : List.of(), found.scopes());
        client = register.client(place, found.server(), OWN, client);
        try {
            token = place.wanted().grant() == Wanted.Grant.CLIENT_CREDENTIALS
                    ? ask.byItself(
                                    new AskTokens.Asked(
                                            place,
                                            found.server().tokenEndpoint(),
                                            client,
                                            found.resource().name()),
                                    scopes)
                            .access()
                    : byPerson(Consent.ask(found, client, scopes), found.server());
        } catch (AskTokens.RefusedException e) {
            throw e.problem();
        }
    }

    private String byPerson(Consent consent, AuthorizationServer server)
            throws IOException, InterruptedException, AskTokens.RefusedException {
        String state = State.of(place.tenant());
        var back = agreed(consent.link(place, server, state));
        if (!state.equals(back.get("state"))) {
            throw State.unknown();
        }
        consent.checkIssuer(back.get("iss"));
        var answer = new ComeBack(state, back.getOrDefault("code", ""), back.get("iss"), "", "");
        answer.check(place);
        return ask.byCode(consent.asked(place), answer.code(), consent.verifier())
                .access();
    }

    /// The query of the address that the server sends the person back to.
    private static Map<String, String> agreed(String link) throws IOException, InterruptedException {
        try (var browser = HttpClient.newHttpClient()) {
            var answer = browser.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.discarding());
            var query = URI.create(answer.headers().firstValue("Location").orElseThrow())
                    .getRawQuery();
            var back = new HashMap<String, String>();
            for (String field : query.split("&")) {
                String[] parts = field.split("=", 2);
                back.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return back;
        }
    }

    private void call(Offer tool, ObjectNode arguments) throws IOException, InterruptedException {
        try {
            System.out.println(tool.name() + ": "
                    + letIn(server -> mcp.call(server, new Mcp.Call(tool, arguments, "key", () -> {}))));
        } catch (Problem e) {
            System.out.println(tool.name() + ": " + e.sentences());
        }
    }

    /// @param first the schema of the first tool, which the kit wants to have back
    private ObjectNode given(Offer tool, JsonNode first) {
        for (var call : kit.path("toolCalls")) {
            if (call.path("name").asText().equals(tool.name())) {
                return (ObjectNode) call.path("arguments");
            }
        }
        var arguments = Json.mapper().createObjectNode();
        for (var property : tool.schema().path("properties").properties()) {
            switch (property.getValue().path("type").asText()) {
                case "number", "integer" -> arguments.put(property.getKey(), 3);
                case "boolean" -> arguments.put(property.getKey(), true);
                case "object" -> arguments.set(property.getKey(), first);
                case "array" -> arguments.putArray(property.getKey());
                default -> arguments.put(property.getKey(), "text");
            }
        }
        return arguments;
    }
}
