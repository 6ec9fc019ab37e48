package dev.wheelhouse.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import dev.wheelhouse.outbound.Outbound;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of texts that a server does not take, and which of its answers say that it is away.
class ProviderEmbeddingsTest {

    private static final List<String> MANY =
            IntStream.range(0, 32).mapToObj(n -> "This is text number " + n).toList();

    private FakeEmbeddingServer server;
    private WatchedModel model;

    @BeforeEach
    void open() throws Exception {
        server = new FakeEmbeddingServer();
        var config = new EmbeddingsConfig("openai", null, "words-64", server.url(), null, 0, 32, true);
        model = new WatchedModel(new ProviderEmbeddings(config, Outbound.direct()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private float[][] embed(List<String> texts) throws InterruptedException {
        return model.embed(texts, Purpose.PASSAGE).vectors();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void batch_that_is_too_large_is_sent_in_parts(int status) throws Exception {
        var alone = embed(List.of(MANY.get(20)))[0];
        server.refuse(status, text -> server.asked().getLast().path("input").size() > 5);

        var vectors = embed(MANY);

        assertThat(vectors).hasDimensions(32, 64);
        assertThat(vectors[20]).isEqualTo(alone);
        assertThat(model.trouble()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void text_that_is_too_long_is_cut_at_its_end(int status) throws Exception {
        server.refuse(status, text -> text.length() > 500);
        String tale = "A lighthouse on a rock. ".repeat(60);

        var vectors = embed(List.of("A lighthouse on a rock", tale, "Another"));

        double near = 0;
        for (int at = 0; at < vectors[0].length; at++) {
            near += vectors[0][at] * vectors[1][at];
        }
        assertThat(near).isGreaterThan(0.9);
        assertThat(model.trouble()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void text_that_is_refused_is_named_and_the_model_is_not_away(int status) {
        server.refuse(status, text -> text.endsWith(" 21"));

        assertThatThrownBy(() -> embed(MANY)).isInstanceOfSatisfying(Problem.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(refused.message()).contains("This is text number 21").contains(Integer.toString(status));
        });
        assertThat(model.trouble()).isNull();
        assertThat(server.asked()).hasSizeLessThan(16);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void server_that_refuses_every_text_is_away(int status) {
        server.refuse(status, _ -> true);

        assertThatThrownBy(() -> embed(MANY)).isInstanceOfSatisfying(Problem.class, away -> {
            assertThat(away.code()).isEqualTo(ErrorCode.NOT_READY);
            assertThat(away.message()).contains("every text").contains(Integer.toString(status));
        });
        assertThat(model.trouble()).contains("every text");
        assertThat(server.asked()).hasSizeLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 503})
    void other_answers_are_asked_for_once_and_mean_away(int status) {
        server.answer(status);

        assertThatThrownBy(() -> embed(MANY)).isInstanceOfSatisfying(Problem.class, away -> assertThat(away.code())
                .isEqualTo(ErrorCode.NOT_READY));
        assertThat(model.trouble()).contains(Integer.toString(status));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void trouble_is_over_when_only_a_text_is_refused() {
        server.answer(503);
        assertThatThrownBy(() -> embed(MANY)).isInstanceOf(Problem.class);
        server.answer(200);
        server.refuse(400, text -> text.endsWith(" 21"));

        assertThatThrownBy(() -> embed(MANY)).isInstanceOf(Problem.class);

        assertThat(model.trouble()).isNull();
    }
}
