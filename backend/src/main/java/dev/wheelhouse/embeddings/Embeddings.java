package dev.wheelhouse.embeddings;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The front door: the models that there are, the usual one first.
///
/// Beside a server's model the one in this process stays, for collections that were made with it: it costs
/// nothing until one of them is asked.
@Singleton
public final class Embeddings implements AutoCloseable {

    private static final int MOST_IN_A_BATCH = 2_048;

    private final List<WatchedModel> models;

    Embeddings(EmbeddingsConfig config, Outbound outbound) {
        if (config.batch() < 1 || config.batch() > MOST_IN_A_BATCH) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "knowledge.embeddings.batch is %d".formatted(config.batch()),
                    "Use 1 to %,d".formatted(MOST_IN_A_BATCH));
        }
        Stream<EmbeddingModel> all =
                switch (config.provider()) {
                    case "openai" ->
                        Stream.concat(Stream.of(new ProviderEmbeddings(config, outbound)), inProcess(config));
                    case "inprocess" -> inProcess(config);
                    case "none" -> Stream.empty();
                    case String other ->
                        throw new Problem(
                                ErrorCode.NOT_READY,
                                "knowledge.embeddings.provider is \"%s\"".formatted(other),
                                "Use inprocess, openai or none");
                };
        models = all.map(WatchedModel::new).toList();
    }

    private static Stream<EmbeddingModel> inProcess(EmbeddingsConfig config) {
        var dir = config.dir() == null || config.dir().isBlank() ? null : Path.of(config.dir());
        return dir != null && Files.exists(dir.resolve("minilm").resolve(InProcessEmbeddings.MODEL))
                ? Stream.of(new InProcessEmbeddings(dir))
                : Stream.empty();
    }

    /// The name of the model that new collections get; empty where there is none.
    public String usual() {
        return models.isEmpty() ? "" : models.getFirst().name();
    }

    /// The model of this name, where it is here.
    public Optional<EmbeddingModel> find(String name) {
        return models.stream()
                .filter(one -> one.name().equals(name))
                .map(EmbeddingModel.class::cast)
                .findFirst();
    }

    /// The usual one first.
    public List<String> names() {
        return models.stream().map(EmbeddingModel::name).toList();
    }

    /// How a model stands on this replica.
    ///
    /// @param trouble why it did not answer when it was last asked; null where it did, or nobody has asked
    public record Standing(String model, @Nullable String trouble) {}

    /// The usual one first.
    public List<Standing> standings() {
        return models.stream()
                .map(model -> new Standing(model.name(), model.trouble()))
                .toList();
    }

    @Override
    @PreDestroy
    public void close() {
        models.forEach(WatchedModel::close);
    }
}
