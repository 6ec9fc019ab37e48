package dev.wheelhouse.embeddings;

import dev.wheelhouse.outbound.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The model that runs in the process, laid out as the distribution has it.
public final class TestModel {

    private static final Path DIR = Path.of("target", "embeddings");

    private TestModel() {}

    /// The folder for `knowledge.embeddings.dir`.
    public static synchronized String dir() {
        var model = DIR.resolve("minilm");
        try {
            Files.createDirectories(model);
            copy("/all-minilm-l6-v2-q.onnx", model.resolve(InProcessEmbeddings.MODEL));
            copy("/all-minilm-l6-v2-q-tokenizer.json", model.resolve(InProcessEmbeddings.TOKENIZER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DIR.toString();
    }

    /// No model at all.
    public static Embeddings none() {
        return new Embeddings(new EmbeddingsConfig("none", null, "", null, null, 0, 32, true), Outbound.direct());
    }

    private static void copy(String resource, Path to) throws IOException {
        if (!Files.exists(to)) {
            try (var in = Objects.requireNonNull(TestModel.class.getResourceAsStream(resource))) {
                var part = to.resolveSibling(to.getFileName() + ".part");
                Files.copy(in, part);
                Files.move(part, to);
            }
        }
    }
}
