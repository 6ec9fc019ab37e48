package dev.wheelhouse.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.http.PlatformTest;
import dev.wheelhouse.http.TestServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// No field of a request is passed over in silence.
@PlatformTest
class OpenAiRefusalsTest {

    private static final String SAY = "\"messages\":[{\"role\":\"user\",\"content\":\"what is 6 * 7\"}]";

    @Inject
    TestServer server;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | 2",
                "logprobs | true",
                "top_logprobs | 3",
                "logit_bias | {\"50256\":-100}",
                "top_p | 0.5",
                "frequency_penalty | 0.5",
                "presence_penalty | -1",
                "modalities | [\"text\",\"audio\"]",
                "audio | {\"voice\":\"alloy\"}",
                "functions | [{\"name\":\"f\"}]",
                "function_call | auto-text",
                "web_search_options | {}",
                "temperature | 3",
                "temperature | \"warm\"",
                "max_tokens | 0",
                "max_tokens | 1.5",
                "max_completion_tokens | -1",
                "stop | []x",
                "stop | [\"\"]",
                "stop | [\"a\",\"b\",\"c\",\"d\",\"e\"]",
                "tool_choice | \"required\"",
                "tool_choice | \"sometimes\"",
                "tool_choice | {\"type\":\"function\",\"function\":{\"name\":\"none\"}}",
                "parallel_tool_calls | \"no\"",
                "metadata | {\"a\":1}",
                "user | 5",
                "stream | \"yes\"",
                "stream_options | [null]",
                "stream_options | \"yes\"",
                "response_format | [null]",
                "response_format | {\"type\":\"xml\"}",
                "response_format | {\"type\":\"json_schema\"}",
                "response_format | {\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":\"int\"}}}",
                "tools | {}",
                "max_token | 5",
                "some_field_of_tomorrow | 1",
            })
    void a_field_that_is_not_carried_out_is_refused_by_its_name(String field, String value) {
        String sent = value.replace("auto-text", "\"auto\"").replace("[]x", "7");
        var response = server.post(
                "/v1/chat/completions", "{\"model\":\"assistant\",%s,\"%s\":%s}".formatted(SAY, field, sent));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        var error = TestServer.body(response).path("error");
        assertThat(error.path("param").asText()).startsWith(field);
        assertThat(error.path("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n | 1",
                "logprobs | false",
                "top_p | 1.0",
                "frequency_penalty | 0",
                "logit_bias | {}",
                "seed | 7",
                "store | true",
                "service_tier | \"auto\"",
                "reasoning_effort | \"low\"",
                "response_format | {\"type\":\"text\"}",
                "tools | []",
                "tool_choice | \"auto\"",
                "stop | null",
                "audio | null",
                "max_tokens | 4096",
                "metadata | {\"source\":\"test\"}",
            })
    void a_field_that_changes_nothing_is_taken(String field, String value) {
        var response = server.post(
                "/v1/chat/completions", "{\"model\":\"assistant\",%s,\"%s\":%s}".formatted(SAY, field, value));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"narrator\",\"content\":\"x\"}] | messages/0/role",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}] | messages/0/content/0/image_url",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}] | messages/0/content/0/type",
                "[{\"role\":\"user\",\"content\":7}] | messages/0/content",
                "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"y\"}] | messages",
                "[{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"x\"}] | messages/0/tool_call_id",
                "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]}] | messages/1/tool_calls/0/function",
                "[{\"role\":\"system\",\"content\":\"x\"}] | messages",
                "[] | messages",
            })
    void a_conversation_that_no_model_could_answer_is_refused(String messages, String param) {
        var response = server.post(
                "/v1/chat/completions", "{\"model\":\"assistant\",\"messages\":%s}".formatted(messages.strip()));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(TestServer.body(response).path("error").path("param").asText())
                .isEqualTo(param.strip());
    }

    @Test
    void every_mistake_is_told_in_the_message() {
        var response = server.post(
                "/v1/chat/completions", "{\"model\":\"assistant\",%s,\"n\":3,\"top_p\":0.1}".formatted(SAY));

        assertThat(TestServer.body(response).path("error").path("message").asText())
                .contains("\"n\": 3")
                .contains("\"top_p\": 0.1");
    }

    @Test
    void one_model_is_found_by_its_name() {
        assertThat(TestServer.body(server.get("/v1/models/assistant"))
                        .path("id")
                        .asText())
                .isEqualTo("assistant");
        assertThat(server.get("/v1/models/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void embeddings_without_a_model_are_not_there_and_say_so() {
        var response = server.post("/v1/embeddings", "{\"model\":\"x\",\"input\":\"y\"}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("no embedding model");
    }
}
