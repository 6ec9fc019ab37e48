package dev.wheelhouse.content;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.embeddings.FakeEmbeddingServer;
import dev.wheelhouse.embeddings.TestModel;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.testing.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server's model and the one in this process: for clients, for collections, and one after the other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddingModelsTest {

    private static final String OWN = "all-minilm-l6-v2-q";

    private FakeEmbeddingServer models;
    private TestServer server;

    @BeforeAll
    void start() throws Exception {
        models = new FakeEmbeddingServer();
        server = TestServer.start(Map.of(
                "knowledge.embeddings.provider",
                "openai",
                "knowledge.embeddings.url",
                models.url(),
                "knowledge.embeddings.model",
                "words-64",
                "knowledge.embeddings.dir",
                TestModel.dir()));
    }

    @AfterAll
    void stop() {
        server.close();
        models.close();
    }

    private JsonNode collection(TestCollection of) {
        return TestServer.body(of.get(of.path()));
    }

    private void change(TestCollection of, String body) {
        var answer = server.send(HttpRequest.newBuilder(server.uri(of.path()))
                .header("Authorization", "Bearer " + TestServer.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void clients_get_vectors_of_either_model_as_numbers_or_bytes() {
        var numbers = TestServer.body(server.post(
                "/v1/embeddings", "{\"model\":\"%s\",\"input\":[\"One text\",\"Another\"]}".formatted(OWN)));
        var bytes = TestServer.body(server.post(
                "/v1/embeddings",
                "{\"model\":\"words-64\",\"input\":\"One text\",\"encoding_format\":\"base64\",\"user\":\"ann\"}"));

        assertThat(numbers.path("data")).hasSize(2);
        assertThat(numbers.path("data").path(1).path("embedding")).hasSize(384);
        assertThat(numbers.path("usage").path("prompt_tokens").asInt()).isEqualTo(7);
        var floats = ByteBuffer.wrap(Base64.getDecoder()
                        .decode(bytes.path("data").path(0).path("embedding").asText()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(floats.remaining()).isEqualTo(64);
        assertThat(bytes.path("model").asText()).isEqualTo("words-64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'gpt-9','input':'x'}|404|no embedding model",
                "{'model':'words-64','input':[[1,2]]}|400|check_embedding_ctx_length",
                "{'model':'words-64','input':[]}|400|1 to 2,048",
                "{'model':'words-64','input':['']}|400|none of them empty",
                "{'model':'words-64','input':'x','encoding_format':'int8'}|400|float or base64",
                "{'model':'all-minilm-l6-v2-q','input':'x','dimensions':96}|400|dimensions",
                "{'model':'words-64','input':'x','colour':1}|400|colour",
                "{'input':'x'}|400|model"
            })
    void refuses_what_it_cannot_do_by_its_name(String body, int status, String says) {
        var answer = server.post("/v1/embeddings", body.replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(says);
    }

    @Test
    void document_waits_for_a_model_that_is_away_and_words_find_the_others() throws Exception {
        var away = TestCollection.make(server, "away");
        away.ready(away.addText("first.txt", "The lighthouse stands on a rock."));
        models.answer(503);
        try {
            var added = TestServer.body(away.addText("second.txt", "The harbour lies behind it."));
            String path = "/api/v1/documents/" + added.path("id").asText();
            Await.until("the document says that it waits", () -> TestServer.body(away.get(path))
                    .path("detail")
                    .asText()
                    .contains("503"));

            var waiting = TestServer.body(away.get(path));
            var found = away.search("lighthouse rock");
            var health = TestServer.body(away.get("/api/v1/health")).path("embeddings");

            assertThat(waiting.path("state").asText()).isEqualTo("running");
            assertThat(waiting.path("reason").asText()).isEqualTo("model_away");
            assertThat(waiting.path("remedy").asText()).contains("goes on when the model is back");
            assertThat(waiting.path("stage").path("total").asInt()).isEqualTo(1);
            assertThat(health.path(0).path("model").asText()).isEqualTo("words-64");
            assertThat(health.path(0).path("trouble").asText()).contains("503");
            assertThat(found.path("hits").findValuesAsText("title")).containsExactly("first");
            assertThat(found.path("warnings").toString())
                    .contains("words alone")
                    .contains("still being read");
            models.answer(200);
            var ended = away.ended(added.path("id").asText());
            assertThat(ended.path("state").asText()).isEqualTo("ready");
            assertThat(ended.path("reason").isNull()).isTrue();
            assertThat(TestServer.body(away.get("/api/v1/health"))
                            .at("/embeddings/0/trouble")
                            .isNull())
                    .isTrue();
        } finally {
            models.answer(200);
        }
    }

    @Test
    void document_whose_text_is_refused_fails_and_the_others_are_read() {
        var picky = TestCollection.make(server, "picky");
        models.refuse(400, text -> text.contains("unspeakable"));
        try {
            var refused = picky.ended(picky.addText("bad.txt", "An unspeakable word."));
            picky.ready(picky.addText("good.txt", "The lighthouse stands on a rock."));

            assertThat(refused.path("state").asText()).isEqualTo("failed");
            assertThat(refused.path("reason").asText()).isEqualTo("text_refused");
            assertThat(refused.path("detail").asText())
                    .contains("An unspeakable word.")
                    .contains("400");
            assertThat(refused.path("remedy").asText()).contains("Leave that text out");
            assertThat(TestServer.body(picky.get("/api/v1/health"))
                            .at("/embeddings/0/trouble")
                            .isNull())
                    .isTrue();
        } finally {
            models.refuse(400, _ -> false);
        }
    }

    @Test
    void model_that_refuses_a_text_does_not_take_over() throws Exception {
        var stays = TestCollection.make(server, TestServer.KEY, "{\"name\":\"stays\",\"model\":\"%s\"}".formatted(OWN));
        stays.ready(stays.addText("bad.txt", "An unspeakable word."));
        models.refuse(422, text -> text.contains("unspeakable"));
        try {
            change(stays, "{\"model\":\"words-64\"}");
            Await.until(
                    "it is given up", () -> collection(stays).path("building").isNull());

            assertThat(collection(stays).path("model").asText()).isEqualTo(OWN);
        } finally {
            models.refuse(400, _ -> false);
        }
    }

    @Test
    void another_model_takes_over_when_it_knows_every_passage() throws Exception {
        var moved = TestCollection.make(server, TestServer.KEY, "{\"name\":\"moved\",\"model\":\"%s\"}".formatted(OWN));
        moved.ready(moved.addText("cat.txt", "A cat sleeps most of the day."));
        models.answer(503);
        try {
            change(moved, "{\"model\":\"words-64\",\"description\":\"Animals\"}");
            moved.ready(moved.addText("dog.txt", "A dog wants to be walked."));
            var meanwhile = collection(moved);
            var old = moved.search("When do kittens rest?", ",\"mode\":\"dense\"");
            models.answer(200);
            Await.until(
                    "the other model serves",
                    () -> collection(moved).path("model").asText().equals("words-64"));

            var young = moved.search("walked dog", ",\"mode\":\"dense\"");

            assertThat(meanwhile.path("model").asText()).isEqualTo(OWN);
            assertThat(meanwhile.path("building").asText()).isEqualTo("words-64");
            assertThat(meanwhile.path("description").asText()).isEqualTo("Animals");
            assertThat(old.path("hits").path(0).path("title").asText()).isEqualTo("cat");
            assertThat(young.path("hits").path(0).path("title").asText()).isEqualTo("dog");
            assertThat(collection(moved).path("building").isNull()).isTrue();
        } finally {
            models.answer(200);
        }
    }

    @Test
    void collection_can_do_without_a_model_and_get_one_later() throws Exception {
        var plain = TestCollection.make(server, TestServer.KEY, "{\"name\":\"plain\",\"model\":\"\"}");
        plain.ready(plain.addText("tea.txt", "Tea is made of leaves."));

        change(plain, "{\"model\":\"words-64\"}");
        Await.until(
                "it has a model", () -> collection(plain).path("model").asText().equals("words-64"));
        var found = plain.search("tea leaves").path("hits").path(0);
        change(plain, "{\"model\":\"\"}");
        Await.until(
                "it has none", () -> collection(plain).path("model").asText().isEmpty());

        assertThat(found.path("parts").path("cosine").asDouble()).isPositive();
        assertThat(plain.search("tea leaves")
                        .path("hits")
                        .path(0)
                        .path("parts")
                        .path("cosine")
                        .isNull())
                .isTrue();
    }
}
