package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.TenantId;
import java.time.Duration;
import java.util.Locale;

/// Hears how long searches take. It is told on the thread that does the work.
public interface KnowledgeListener {

    default void searched(TenantId tenant, Part part, Duration took) {}

    /// A search found nothing.
    default void foundNothing(TenantId tenant) {}

    /// What a search consists of.
    enum Part {
        /// The question's own vector.
        EMBED,
        /// The collections, and their words.
        LEXICAL,
        /// Codes in memory, or another index.
        NEAR,
        /// The vectors and texts of what may be shown.
        READ,
        TOTAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
