package dev.wheelhouse.embeddings;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A model that says once that it is away, and once that it is back.
final class WatchedModel implements EmbeddingModel, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedModel.class);

    private final EmbeddingModel model;
    private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();

    WatchedModel(EmbeddingModel model) {
        this.model = model;
    }

    /// Why it did not answer when it was last asked; null where it did, or nobody has asked.
    @Nullable
    String trouble() {
        return trouble.get();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public boolean isMultilingual() {
        return model.isMultilingual();
    }

    @Override
    public @Nullable Integer dimensions() {
        return model.dimensions();
    }

    @Override
    public Embedded embed(List<String> texts, Purpose purpose) throws InterruptedException {
        try {
            var embedded = model.embed(texts, purpose);
            answers();
            return embedded;
        } catch (Problem away) {
            if (away.code() == ErrorCode.BAD_REQUEST) {
                // It took other texts.
                answers();
            } else if (trouble.getAndSet(away.sentences()) == null) {
                LOG.warn(
                        "The embedding model {} is away: {} Until it is back, documents wait and searches go by words.",
                        name(),
                        away.sentences());
            }
            throw away;
        }
    }

    private void answers() {
        if (trouble.getAndSet(null) != null) {
            LOG.info("The embedding model {} answers again. Documents that waited for it go on.", name());
        }
    }

    @Override
    public void close() {
        if (model instanceof InProcessEmbeddings own) {
            own.close();
        }
    }
}
