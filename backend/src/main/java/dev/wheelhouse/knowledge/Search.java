package dev.wheelhouse.knowledge;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is looked for, and where.
///
/// @param collections ids or names, 1 to 8
/// @param most how many hits, 1 to [#MOST_HITS]
/// @param document to look in this one only, or null
/// @param labels that a document must have
public record Search(
        List<String> collections,
        String query,
        int most,
        @Nullable UUID document,
        Map<String, String> labels,
        Mode mode) {

    /// Enough for ten documents, where those before have many passages that fit.
    public static final int MOST_HITS = 50;

    public static final int MOST_COLLECTIONS = 8;
    public static final int USUAL_HITS = 8;

    public static Search of(List<String> collections, String query, int most) {
        return new Search(collections, query, most, null, Map.of(), Mode.HYBRID);
    }

    /// Whether not every passage of the collections will do.
    boolean isFiltered() {
        return document != null || !labels.isEmpty();
    }

    /// By what passages are found.
    public enum Mode {
        /// Words and meanings.
        HYBRID,
        LEXICAL,
        DENSE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A passage that was found.
    ///
    /// @param score 0 to 1, comparable between questions
    /// @param lexical 0 to 1: how well the words fit; null where the words did not find it
    /// @param cosine -1 to 1: how near the meaning is; null without a model
    public record Hit(
            long passage,
            UUID collection,
            UUID document,
            int version,
            String title,
            int page,
            int from,
            int to,
            String heading,
            String text,
            double score,
            @Nullable Double lexical,
            @Nullable Double cosine) {}

    /// What was found, best first.
    ///
    /// @param warnings sentences: what was not searched
    /// @param searched how many passages there were
    /// @param model that knew meanings, empty for none
    public record Answer(List<Hit> hits, List<String> warnings, int searched, String model) {}
}
