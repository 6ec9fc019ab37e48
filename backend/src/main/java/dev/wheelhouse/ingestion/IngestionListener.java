package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.parsing.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Hears what becomes of documents. It is told on the thread that does the work.
public interface IngestionListener {

    /// A document is ready, or will not be.
    ///
    /// @param reason null unless it failed
    default void ended(TenantId tenant, Document.State state, @Nullable Reason reason) {}

    /// A stage of a document is done, or a part of one.
    default void staged(TenantId tenant, Document.Stage stage, Duration took) {}

    /// Passages have their vectors.
    ///
    /// @param tokens that the model read
    default void embedded(TenantId tenant, long tokens) {}
}
