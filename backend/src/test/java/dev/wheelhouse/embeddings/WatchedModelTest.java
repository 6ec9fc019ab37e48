package dev.wheelhouse.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import dev.wheelhouse.outbound.Outbound;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A model that cannot be loaded, and one that can after all.
class WatchedModelTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(WatchedModel.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @TempDir
    private Path dir;

    @BeforeEach
    void listen() {
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
        log.setLevel(null);
    }

    private Embeddings models() {
        return new Embeddings(
                new EmbeddingsConfig("inprocess", dir.toString(), "", null, null, 0, 32, true), Outbound.direct());
    }

    private void copy(String name) throws Exception {
        var own = dir.resolve("minilm");
        Files.createDirectories(own);
        Files.copy(Path.of(TestModel.dir()).resolve("minilm").resolve(name), own.resolve(name));
    }

    @Test
    void a_model_that_is_away_is_said_once_and_used_when_it_comes() throws Exception {
        copy(InProcessEmbeddings.MODEL);
        try (var models = models()) {
            var model = models.find(InProcessEmbeddings.NAME).orElseThrow();
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> model.embed(List.of("A text"), Purpose.PASSAGE))
                        .isInstanceOf(Problem.class)
                        .hasMessageContaining("cannot be loaded");
            }
            var away = models.standings();
            copy(InProcessEmbeddings.TOKENIZER);

            model.embed(List.of("A text"), Purpose.PASSAGE);

            assertThat(away.getFirst().trouble()).contains("cannot be loaded").contains("knowledge.embeddings.dir");
            assertThat(models.standings().getFirst().trouble()).isNull();
            assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.INFO);
            assertThat(lines.list.getFirst().getFormattedMessage())
                    .contains("is away")
                    .contains("documents wait");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"model\":{\"vocab\":{\"a\":1}}}"})
    void a_damaged_vocabulary_is_a_model_that_is_away(String vocabulary) throws Exception {
        copy(InProcessEmbeddings.MODEL);
        Files.writeString(dir.resolve("minilm").resolve(InProcessEmbeddings.TOKENIZER), vocabulary);

        try (var models = models()) {
            var model = models.find(InProcessEmbeddings.NAME).orElseThrow();

            assertThatThrownBy(() -> model.embed(List.of("A text"), Purpose.QUESTION))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("cannot be loaded");
        }
    }
}
