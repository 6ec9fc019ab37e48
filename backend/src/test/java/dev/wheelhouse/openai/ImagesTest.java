package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.images.TestImages;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pictures that clients show to agents, by both of OpenAI's forms and by the API of runs.
@PlatformTest
class ImagesTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String SEEN = "1 picture: image/png of 70 bytes";

    @Inject
    TestServer server;

    private static String chat(String parts) {
        return "{\"model\":\"assistant\",\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}".formatted(parts);
    }

    private static String answer(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'type':'image_url','image_url':{'url':'PNG'}}",
                "{'type':'image_url','image_url':{'url':'PNG','detail':'low'}}",
                "{'type':'image_url','image_url':'PNG'}",
                "{'type':'input_image','image_url':'PNG'}",
                "{'type':'text','text':'What do you see?'},{'type':'image_url','image_url':{'url':'PNG'}}",
                "{'type':'image_url','image_url':{'url':'PNG'}},{'type':'text','text':'What do you see?'}",
            })
    void the_model_of_a_chat_is_shown_the_picture(String parts) {
        String body = chat(parts.replace('\'', '"').replace("PNG", TestImages.PNG));

        assertThat(answer(server.post(CHAT, body))).contains(SEEN);
    }

    @Test
    void the_model_of_a_response_is_shown_the_picture_in_later_turns() {
        String first = answer(server.post("/v1/responses", """
                {"model":"assistant","input":[{"role":"user","content":[
                {"type":"input_text","text":"What do you see?"},
                {"type":"input_image","image_url":"%s","detail":"auto"}]}]}""".formatted(TestImages.PNG)));
        String id = Json.read(first).path("id").asText();
        var second = TestServer.body(server.post(
                "/v1/responses",
                "{\"model\":\"assistant\",\"input\":\"what is 6 * 7\",\"previous_response_id\":\"%s\"}".formatted(id)));

        assertThat(first).contains(SEEN);
        var run = TestServer.body(server.get("/api/v1/runs/"
                + Place.read(Place.RESPONSE, second.path("id").asText())
                        .orElseThrow()
                        .run()));
        assertThat(run.path("input").get(0).path("images")).hasSize(1);
    }

    @Test
    void a_run_by_the_api_is_shown_the_picture_and_gives_it_back() throws Exception {
        var run = run("\"content\":\"what do you see\",\"images\":[\"%s\"]".formatted(TestImages.PNG));

        assertThat(run.path("output").asText()).contains(SEEN);
        var image = run.path("input").get(0).path("images").get(0);
        assertThat(image.path("type").asText()).isEqualTo("image/png");
        var shown = server.client()
                .send(
                        server.request("/api/v1/images/" + image.path("hash").asText())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(shown.body()).hasSize(70);
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(server.get("/api/v1/images/" + "0".repeat(64)).statusCode()).isEqualTo(404);
    }

    private JsonNode run(String message) {
        var response = server.send(
                server.json("/api/v1/agents/assistant/runs", "{\"input\":[{\"role\":\"user\",%s}]}".formatted(message))
                        .header("Prefer", "wait=20"));
        assertThat(response.statusCode()).as(response.body()).isLessThan(300);
        return TestServer.body(response);
    }

    @Test
    void a_picture_of_an_earlier_turn_is_still_seen() {
        var first = run("\"content\":\"\",\"images\":[\"%s\"]".formatted(TestImages.PNG));
        var response = server.send(server.json(
                        "/api/v1/agents/assistant/runs",
                        "{\"input\":\"what is 6 * 7\",\"thread\":\"%s\"}"
                                .formatted(first.path("thread").asText()))
                .header("Prefer", "wait=20"));

        // A picture counts as many tokens, whichever turn it is of.
        assertThat(TestServer.body(response).path("usage").path("inputTokens").asInt())
                .isGreaterThan(900);
    }

    @Test
    void another_tenant_does_not_see_it() {
        var run = run("\"content\":\"\",\"images\":[\"%s\"]".formatted(TestImages.png(200, 7)));
        String hash =
                run.path("input").get(0).path("images").get(0).path("hash").asText();
        String other = server.keyOf("others");

        var response = server.send(HttpRequest.newBuilder(server.uri("/api/v1/images/" + hash))
                .header("Authorization", "Bearer " + other));
        assertThat(response.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "{'type':'image_url','image_url':{'url':'https://example.org/cat.png'}} | messages/0/content/0/image_url/url",
                "{'type':'text','text':'x'},{'type':'image_url','image_url':{}} | messages/0/content/1/image_url",
                "{'type':'input_image','file_id':'file-1'} | messages/0/content/0/file_id",
                "{'type':'image_url','image_url':{'url':'data:image/svg+xml;base64,PHN2Zy8+'}} | messages/0/content/0/image_url/url",
                "{'type':'file','file':{'file_data':'data:application/pdf;base64,JVBERi0='}} | messages/0/content/0/type",
            })
    void a_picture_that_cannot_be_shown_is_refused_by_its_field(String parts, String param) {
        var response = server.post(CHAT, chat(parts.strip().replace('\'', '"')));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(TestServer.body(response).path("error").path("param").asText())
                .isEqualTo(param.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0000',
            value = {
                "'content':'x','images':['https://example.org/cat.png'] | /input/0/images/0",
                "'content':'x','images':'PNG' | /input/0/images",
                "'content':'x','images':[7] | /input/0/images/0",
            })
    void a_run_with_a_bad_picture_is_refused_by_its_field(String message, String path) {
        var response = server.post(
                "/api/v1/agents/assistant/runs",
                "{\"input\":[{\"role\":\"user\",%s}]}"
                        .formatted(message.strip().replace('\'', '"').replace("PNG", TestImages.PNG)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(TestServer.body(response).findValuesAsText("path")).contains(path.strip());
    }

    @Test
    void as_many_pictures_as_a_request_may_have_are_taken() {
        String part = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}".formatted(TestImages.PNG);

        answer(server.post(CHAT, chat(String.join(",", Collections.nCopies(20, part)))));
        var tooMany = server.post(CHAT, chat(String.join(",", Collections.nCopies(21, part))));
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(tooMany.body()).contains("21 pictures").contains("at most 20");
    }

    @Test
    void a_large_picture_is_taken_where_a_large_text_is_not() {
        String large =
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}".formatted(TestImages.png(4_000_000, 3));

        assertThat(answer(server.post(CHAT, chat(large)))).contains("4,000,0");
        var response =
                server.post(CHAT, chat(large + ",{\"type\":\"text\",\"text\":\"" + "a".repeat(2_200_000) + "\"}"));
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void an_agent_whose_model_cannot_see_refuses_pictures() {
        var target = Map.of(
                "provider", "openai", "name", "blind", "url", "http://127.0.0.1:9/v1", "abilities", List.of("tools"));
        try (var blind = TestServer.start(Map.of("models.aliases.default", List.of(target)))) {
            blind.bean(Agents.class).put(TenantId.DEFAULT, "assistant", "name: assistant\ninstructions: x\n", true);
            var chat = blind.post(
                    CHAT, chat("{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}".formatted(TestImages.PNG)));
            var run = blind.post(
                    "/api/v1/agents/assistant/runs",
                    "{\"input\":[{\"role\":\"user\",\"content\":\"x\",\"images\":[\"%s\"]}]}"
                            .formatted(TestImages.PNG));

            assertThat(chat.statusCode()).isEqualTo(400);
            assertThat(chat.body()).contains("cannot see pictures").contains("messages/0/content/0/type");
            assertThat(run.statusCode()).isEqualTo(400);
            assertThat(run.body()).contains("cannot see pictures").contains("/input");
        }
    }
}
