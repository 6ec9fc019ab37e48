package dev.wheelhouse.embeddings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model that makes vectors.
public interface EmbeddingModel {

    /// As collections name it.
    String name();

    /// Whether it knows more than English, so that meanings count as much in every language.
    boolean isMultilingual();

    /// How many numbers a vector has, or null where only its server knows.
    @Nullable
    Integer dimensions();

    /// Refuses with `not_ready` where its server does not answer, and with `bad_request` where it takes all texts but
    /// one of these.
    ///
    /// @param purpose what the texts are: some models want to be told
    Embedded embed(List<String> texts, Purpose purpose) throws InterruptedException;

    /// Texts as vectors.
    ///
    /// @param vectors one for each text, of length 1
    /// @param tokens that were read
    record Embedded(float[][] vectors, long tokens) {}

    /// What a text is.
    enum Purpose {
        QUESTION,
        PASSAGE
    }
}
