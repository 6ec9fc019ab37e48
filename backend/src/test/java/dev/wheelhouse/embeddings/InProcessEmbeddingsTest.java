package dev.wheelhouse.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// The model that runs in the process, and the pieces that it reads.
class InProcessEmbeddingsTest {

    @Test
    void texts_of_one_meaning_are_nearer_than_others() throws Exception {
        try (var model = new InProcessEmbeddings(Path.of(TestModel.dir()))) {
            float[][] vectors = model.embed(
                            List.of(
                                    "How do I get my money back?",
                                    "Refunds are paid within a week.",
                                    "Whales eat krill."),
                            Purpose.PASSAGE)
                    .vectors();

            double near = Vectors.dot(vectors[0], Vectors.bytes(vectors[1]));
            double far = Vectors.dot(vectors[0], Vectors.bytes(vectors[2]));
            assertThat(vectors[0]).hasSize(384);
            assertThat(near).isGreaterThan(0.4).isGreaterThan(far + 0.3);
        }
    }

    /// Our threads have stacks of 512 KiB, too few for the native library.
    @Test
    void a_caller_with_a_small_stack_gets_its_numbers() throws Exception {
        try (var model = new InProcessEmbeddings(Path.of(TestModel.dir()))) {
            var task = new FutureTask<>(() ->
                    model.embed(List.of("word ".repeat(400)), Purpose.QUESTION).vectors());
            Thread.ofPlatform().stackSize(256 << 10).start(task);

            assertThat(task.get()[0]).hasSize(384);
        }
    }

    /// The native library crashes the process where it is closed under a thread that is in it.
    @Test
    void closing_waits_for_the_text_under_way_and_takes_no_other() throws Exception {
        var model = new InProcessEmbeddings(Path.of(TestModel.dir()));
        var many = new FutureTask<>(() -> model.embed(Collections.nCopies(200, "word ".repeat(400)), Purpose.PASSAGE));
        model.embed(List.of("The model is loaded"), Purpose.QUESTION);
        Thread.ofPlatform().start(many);
        model.embed(List.of("and works"), Purpose.QUESTION);

        model.close();

        assertThatThrownBy(many::get)
                .hasCauseInstanceOf(Problem.class)
                .hasMessageContaining("The embedding model is closed");
        assertThatThrownBy(() -> model.embed(List.of("late"), Purpose.QUESTION))
                .isInstanceOfSatisfying(
                        Problem.class, closed -> assertThat(closed.code()).isEqualTo(ErrorCode.NOT_READY));
    }

    @Test
    void words_are_taken_apart_as_the_model_was_taught() throws Exception {
        var pieces = WordPieces.read(Path.of(TestModel.dir(), "minilm", InProcessEmbeddings.TOKENIZER));

        assertThat(pieces.ids("Hello, world!", 256)).containsExactly(101, 7592, 1010, 2088, 999, 102);
        assertThat(pieces.ids("Café NAÏVE embeddings", 256))
                .containsExactly(101, 7668, 15743, 7861, 8270, 4667, 2015, 102);
        assertThat(pieces.ids("word ".repeat(400), 256)).hasSize(256).endsWith(102);
        assertThat(pieces.ids("", 256)).containsExactly(101, 102);
    }
}
