package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.embeddings.TestModel;
import dev.wheelhouse.http.TestServer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Agents that look things up: what ships answers without a key, and its marks lead to passages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CitedAnswersTest {

    private TestServer server;
    private TestCollection handbook;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(Map.of(
                "definitions.dir", "src/main/dist/definitions",
                "collections.dir", "src/main/dist/collections",
                "models.demo.pause", "0s",
                "knowledge.embeddings.dir", TestModel.dir()));
        dev.wheelhouse.testing.Await.until("the handbook is read", () -> {
            var found = TestServer.body(server.get("/api/v1/collections"))
                    .path("data")
                    .path(0);
            return found.path("documents").asInt() == 3
                    && found.path("unfinished").asInt() == 0;
        });
        handbook = TestCollection.of(server, "handbook");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private JsonNode answered(String question) throws Exception {
        dev.wheelhouse.testing.Await.until(
                "the librarian is here",
                () -> server.get("/api/v1/agents/librarian").statusCode() == 200);
        var run =
                TestServer.body(server.post("/api/v1/agents/librarian/runs", "{\"input\":\"%s\"}".formatted(question)));
        String path = "/api/v1/runs/" + run.path("id").asText();
        dev.wheelhouse.testing.Await.until(
                "the run has ended",
                () -> !TestServer.body(server.get(path)).path("endedAt").isNull());
        return TestServer.body(server.get(path));
    }

    @Test
    void shipped_agent_answers_with_sources_and_without_a_key() throws Exception {
        var run = answered("How many days of leave do I have in a year?");

        assertThat(run.path("output").asText())
                .as(server.get("/api/v1/runs/%s/steps".formatted(run.path("id").asText()))
                        .body())
                .contains("thirty days")
                .containsPattern("\\[\\d]");
        var cited = TestServer.body(
                server.get("/api/v1/runs/%s/citations".formatted(run.path("id").asText())));
        var first = cited.path("data").path(0);
        assertThat(first.path("title").asText()).isEqualTo("Leave");
        assertThat(first.path("quote").asText()).contains("thirty days");
        assertThat(first.path("gone").asBoolean()).isFalse();
    }

    @Test
    void clients_of_openai_see_what_the_marks_lead_to() {
        var answer = TestServer.body(
                server.post("/v1/responses", "{\"model\":\"librarian\",\"input\":\"What may a hotel cost a night?\"}"));
        var part = answer.path("output").path(0).path("content").path(0);

        assertThat(part.path("text").asText()).contains("140 euros");
        assertThat(part.path("annotations").path(0).path("type").asText()).isEqualTo("file_citation");
        assertThat(part.path("annotations").path(0).path("filename").asText()).isEqualTo("Travel");
    }

    @Test
    void reading_documents_is_no_conversation_and_is_found_by_its_kind() {
        assertThat(TestServer.body(server.get("/api/v1/threads?limit=200")).path("data"))
                .noneMatch(thread -> thread.path("agent").asText().equals("document"));
        assertThat(TestServer.body(server.get("/api/v1/runs?kind=ingestion")).path("data"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void shipped_collection_says_what_it_is_about() {
        var handbook =
                TestServer.body(server.get("/api/v1/collections")).path("data").path(0);

        assertThat(handbook.path("description").asText()).contains("example company");
        assertThat(handbook.path("documents").asInt()).isEqualTo(3);
    }

    @Test
    void meaning_finds_what_no_word_does() {
        var hits = handbook.search("What if somebody steals my notebook?").path("hits");

        assertThat(hits.path(0).path("title").asText()).isEqualTo("Security");
        assertThat(hits.path(0).path("parts").path("cosine").asDouble()).isGreaterThan(0.25);
    }
}
