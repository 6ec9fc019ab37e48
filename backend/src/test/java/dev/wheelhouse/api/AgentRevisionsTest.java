package dev.wheelhouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.Await;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Trying a revision before it is published, who wrote one and why, and deleting an agent.
@PlatformTest
class AgentRevisionsTest {

    @Inject
    TestServer server;

    private HttpResponse<String> put(String name, String instructions, String query) {
        return server.send(server.request("/api/v1/agents/%s?%s".formatted(name, query))
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString("name: %s\ninstructions: %s".formatted(name, instructions))));
    }

    private HttpResponse<String> start(String name, String revision) {
        return server.post(
                "/api/v1/agents/%s/runs".formatted(name),
                "{\"input\":\"say ahoy\",\"revision\":%s}".formatted(revision));
    }

    private HttpResponse<String> delete(String name, String version) {
        var request = server.request("/api/v1/agents/" + name).DELETE();
        return server.send(version.isEmpty() ? request : request.header("If-Match", version));
    }

    private JsonNode ended(HttpResponse<String> made) throws InterruptedException {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var id = RunId.parse(TestServer.body(made).path("id").asText());
        server.bean(Runs.class).await(TenantId.DEFAULT, id, Await.LONGEST);
        return TestServer.body(server.get("/api/v1/runs/" + id));
    }

    @ParameterizedTest
    @CsvSource({"\"draft\", 2", "2, 2", "1, 1", "null, 1"})
    void a_revision_is_tried_before_it_is_published(String wanted, int expected) throws Exception {
        String name = "tried-" + wanted.replaceAll("\\W", "");
        put(name, "One.", "publish=true");
        put(name, "Two.", "publish=false");

        var run = ended(start(name, wanted));

        assertThat(run.path("revision").asInt()).isEqualTo(expected);
        assertThat(run.path("state").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_draft_that_was_never_published_is_tried_by_who_may_build_alone() throws Exception {
        put("unseen", "One.", "publish=false");
        assertThat(start("unseen", "null").statusCode()).isEqualTo(404);
        assertThat(start("unseen", "7").statusCode()).isEqualTo(404);
        assertThat(start("unseen", "\"newest\"").statusCode()).isEqualTo(400);
        var key = TestServer.body(server.post("/api/v1/keys", "{\"name\":\"runner\",\"scopes\":[\"read\",\"run\"]}"));
        var refused = server.send(HttpRequest.newBuilder(server.uri("/api/v1/agents/unseen/runs"))
                .header(
                        "Authorization",
                        "Bearer " + key.path("key").asText(key.path("secret").asText()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"input\":\"x\",\"revision\":\"draft\"}")));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(ended(start("unseen", "\"draft\"")).path("revision").asInt()).isEqualTo(1);
    }

    @Test
    void a_revision_says_who_wrote_it_and_what_they_noted() {
        put("noted", "One.", "note=%20Shorter%20answers%20");
        put("noted", "Two.", "");

        var list = TestServer.body(server.get("/api/v1/agents/noted/revisions")).path("data");

        assertThat(list.at("/1/note").asText()).isEqualTo("Shorter answers");
        assertThat(list.at("/1/author").asText()).isNotBlank();
        assertThat(list.at("/0/note").isNull()).isTrue();
        assertThat(put("noted", "Three.", "note=" + "x".repeat(301)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_deleted_agent_is_gone_but_for_the_runs_that_it_did() throws Exception {
        put("passing", "One.", "publish=true");
        var run = ended(start("passing", "null"));
        String path = "/api/v1/runs/" + run.path("id").asText();

        assertThat(delete("passing", "\"9-9\"").statusCode()).isEqualTo(412);
        assertThat(delete("passing", "").statusCode()).isEqualTo(204);

        assertThat(server.get("/api/v1/agents/passing").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/agents/passing/revisions").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/v1/agents?limit=200").body()).doesNotContain("\"passing\"");
        assertThat(start("passing", "null").statusCode()).isEqualTo(404);
        assertThat(delete("passing", "").statusCode()).isEqualTo(404);
        assertThat(server.get(path + "/steps/1/request").body()).contains("One.");
        assertThat(ended(server.post(path + "/retry", "{\"step\":1}"))
                        .path("state")
                        .asText())
                .isEqualTo("succeeded");
        assertThat(TestServer.body(put("passing", "Two.", "publish=false"))
                        .path("latest")
                        .asInt())
                .isEqualTo(2);
        assertThat(TestServer.body(server.get("/api/v1/agents/passing"))
                        .path("published")
                        .isNull())
                .isTrue();
    }
}
