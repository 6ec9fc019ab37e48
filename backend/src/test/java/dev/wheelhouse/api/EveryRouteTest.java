package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.Public;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.Routes;
import dev.wheelhouse.http.TestServer;
import io.micronaut.context.annotation.Property;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Walks the running router, so that a new route cannot fall behind: it must say what it needs, refuse who is unknown,
/// and hide other tenants' things behind the answer for missing ones.
@PlatformTest
@Property(name = "secrets.master-key", value = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
class EveryRouteTest {

    private static final List<String> OPEN = List.of(
            "GET /",
            "GET /api/v1/sign-ins/callback",
            "GET /api/v1/sign-ins/client",
            "GET /health",
            "GET /openapi.json",
            "GET /problems",
            "GET /ready",
            "POST /api/v1/session",
            "POST /hooks/{tenant}/{name}");
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|resp_[0-9a-z]{25}_[0-9]+");

    @Inject
    TestServer server;

    private String stranger;
    private String run;
    private String thread;
    private String key;
    private String budget;
    private String approval;
    private String response;
    private String collection;
    private String document;

    @BeforeAll
    void start() {
        var secret = "{\"value\":\"sesame-open-up\",\"hosts\":[\"api.example.org\"]}";
        server.send(server.request("/api/v1/secrets/assistant")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(secret)));
        var workflow = "name: assistant\nstates: {done: {succeed: {}}}";
        server.send(server.request("/api/v1/workflows/assistant")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(workflow)));
        stranger = server.keyOf("stranger");
        collection = TestServer.body(server.post("/api/v1/collections", "{\"name\":\"mine\"}"))
                .get("id")
                .asText();
        document = TestServer.body(server.post(
                        "/api/v1/collections/%s/documents".formatted(collection), "{\"name\":\"a\",\"text\":\"b\"}"))
                .get("id")
                .asText();
        var made = TestServer.body(server.post("/api/v1/agents/assistant/runs", "{\"input\":\"mine\"}"));
        run = made.get("id").asText();
        thread = made.get("thread").asText();
        key = TestServer.body(server.post("/api/v1/keys", "{\"name\":\"mine\",\"scopes\":[\"read\"]}"))
                .get("id")
                .asText();
        approval = ApprovalsTest.asked(server).path("id").asText();
        response = TestServer.body(server.post("/v1/responses", "{\"model\":\"assistant\",\"input\":\"hello\"}"))
                .get("id")
                .asText();
        budget = TestServer.body(server.post(
                        "/api/v1/budgets", "{\"scope\":\"tenant\",\"unit\":\"calls\",\"period\":\"day\",\"cap\":1000}"))
                .get("id")
                .asText();
    }

    @Test
    void says_what_it_needs_or_that_it_is_open() {
        var silent = new ArrayList<String>();
        var open = new TreeSet<String>();
        for (var route : Routes.all(server)) {
            var metadata = route.getAnnotationMetadata();
            if (metadata.hasAnnotation(Public.class)) {
                open.add(Routes.name(route));
            } else if (!metadata.hasAnnotation(RequiresScope.class)) {
                silent.add(Routes.name(route));
            }
        }

        assertThat(silent).isEmpty();
        assertThat(open).containsExactlyElementsOf(OPEN);
    }

    /// What a client sends never becomes a row by itself: its tenant would be the client's to choose.
    @Test
    void binds_no_row_of_the_database_from_a_request() {
        var rows = BeanIntrospector.SHARED.findIntrospections(MappedEntity.class);
        var bound = new ArrayList<String>();
        for (var route : Routes.all(server)) {
            for (var type : route.getTargetMethod().getArgumentTypes()) {
                if (rows.stream().anyMatch(row -> row.getBeanType() == type)) {
                    bound.add(Routes.name(route) + " " + type);
                }
            }
        }

        assertThat(bound).isEmpty();
        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.hasStereotype(Serdeable.Deserializable.class))
                .as(row.getBeanType().getName())
                .isFalse());
    }

    @Test
    void refuses_who_is_unknown() {
        for (String route : Routes.of(server)) {
            if (!OPEN.contains(route)) {
                for (String credentials : List.of("", "Bearer wh_default_" + "x".repeat(40), "Basic eDp5", "Bearer ")) {
                    var response = server.send(call(route, run, credentials));
                    assertThat(response.statusCode())
                            .as(route + " " + credentials)
                            .isEqualTo(401);
                    assertThat(response.headers().firstValue("WWW-Authenticate"))
                            .contains("Bearer");
                }
            }
        }
    }

    @Test
    void hides_what_another_tenant_has() {
        var ours = Map.<String, String>of(
                "runs",
                run,
                "threads",
                thread,
                "keys",
                key,
                "budgets",
                budget,
                "approvals",
                approval,
                "responses",
                response,
                "collections",
                collection,
                "documents",
                document,
                "memories",
                document);
        var cases = new TreeMap<String, String>();
        for (String route : Routes.of(server)) {
            if (route.contains("{id}")) {
                String word = route.substring(0, route.indexOf("/{id}")).replaceAll(".*/", "");
                assertThat(ours).as("a case for " + route).containsKey(word);
                cases.put(route, ours.get(word));
            }
        }

        Routes.of(server).stream()
                .filter(route -> route.contains("{name}") && !route.startsWith("PUT") && !OPEN.contains(route))
                .forEach(route -> cases.put(route, "assistant"));

        cases.forEach((route, id) -> {
            var foreign = server.send(call(route, id, "Bearer " + stranger));
            String none =
                    route.contains("{name}") ? "nobody" : UUID.randomUUID().toString();
            var missing = server.send(call(route, none, "Bearer " + stranger));
            assertThat(foreign.statusCode()).as(route).isEqualTo(404);
            assertThat(withoutIds(foreign)).as(route).isEqualTo(withoutIds(missing));
        });
        assertThat(server.get("/api/v1/runs/" + run).statusCode()).isEqualTo(200);
        assertThat(server.get("/api/v1/keys").body()).contains(key);
        assertThat(server.get("/api/v1/secrets").body()).contains("\"assistant\"");
    }

    @Test
    void hides_what_another_tenant_has_in_queries_bodies_and_lists() {
        String none = "\"data\":[]";
        for (String path : List.of(
                "/api/v1/runs", "/api/v1/threads", "/api/v1/secrets", "/api/v1/runs?thread=" + thread, "/traces")) {
            assertThat(server.send(call("GET " + path, run, "Bearer " + stranger))
                            .body())
                    .as(path)
                    .contains(none);
        }
        var continued = server.send(HttpRequest.newBuilder(server.uri("/api/v1/agents/assistant/runs"))
                .header("Authorization", "Bearer " + stranger)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"input\":\"x\",\"thread\":\"%s\"}".formatted(thread))));
        assertThat(continued.statusCode()).isEqualTo(404);
        String metrics =
                server.send(call("GET /metrics", run, "Bearer " + stranger)).body();
        assertThat(metrics).doesNotContain("tenant=\"default\"").contains("jvm_memory_used_bytes");
        assertThat(server.get("/metrics").body())
                .contains("wheelhouse_runs_started_total{agent=\"assistant\",tenant=\"default\"}");
    }

    /// The least of many times is what the work takes; whatever else the computer does only adds to the others.
    @Test
    void hides_a_stream_too_and_takes_as_long_for_it() {
        long[] least = {Long.MAX_VALUE, Long.MAX_VALUE};
        for (int round = 0; round < 20; round++) {
            for (int which = 0; which < 2; which++) {
                String id = which == 0 ? run : UUID.randomUUID().toString();
                long begun = System.nanoTime();
                var response = server.send(call("GET /api/v1/runs/{id}/events", id, "Bearer " + stranger)
                        .header("Accept", "text/event-stream"));
                least[which] = Math.min(least[which], System.nanoTime() - begun);
                assertThat(response.statusCode()).isEqualTo(404);
            }
        }
        assertThat(least[0] / 1e6).isCloseTo(least[1] / 1e6, within(15.0));
    }

    private HttpRequest.Builder call(String route, String id, String credentials) {
        String method = route.split(" ")[0];
        String path = route.split(" ")[1]
                .replace("{id}", id)
                .replace("{other}", run)
                .replace("{delivery}", run)
                .replace("{name}", UUIDS.matcher(id).matches() ? "assistant" : id)
                .replace("{alias}", "default")
                .replace("{hash}", "0".repeat(64))
                .replace("{n}", "1");
        var request = HttpRequest.newBuilder(server.uri(path)).header("Content-Type", "application/json");
        if (!credentials.isEmpty()) {
            request.header("Authorization", credentials);
        }
        return request.method(
                method,
                method.startsWith("P") ? BodyPublishers.ofString("{\"input\":\"x\"}") : BodyPublishers.noBody());
    }

    private static String withoutIds(HttpResponse<String> response) {
        return UUIDS.matcher(response.body()).replaceAll("<id>").replaceAll("assistant|nobody", "<name>");
    }
}
