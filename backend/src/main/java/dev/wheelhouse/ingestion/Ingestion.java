package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.DocumentStages;
import dev.wheelhouse.documents.Documents;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: begins and stops the runs that make documents ready, and refuses what there is no room for.
@Singleton
public final class Ingestion {

    private final Documents documents;
    private final DocumentStages progress;
    private final KnowledgeConfig config;
    private final StartRun start;
    private final Runs runs;
    private final List<IngestionListener> listeners;

    Ingestion(
            Documents documents,
            DocumentStages progress,
            KnowledgeConfig config,
            StartRun start,
            Runs runs,
            List<IngestionListener> listeners) {
        this.documents = documents;
        this.progress = progress;
        this.config = config;
        this.start = start;
        this.runs = runs;
        this.listeners = listeners;
    }

    /// Begins to read a document, and answers how it stood as its run began; empty where it is gone. Asked twice, it
    /// is one run.
    public Optional<Document> begin(TenantId tenant, UUID id) {
        return documents.find(tenant, id).map(document -> {
            var run = start.start(IngestionPrograms.request(tenant, document))
                    .id()
                    .value();
            documents.begun(tenant, id, run);
            return document.readBy(run);
        });
    }

    /// Begins to make the vectors of a collection's next model.
    public void rebuild(TenantId tenant, Collection collection, @Nullable String requester) {
        start.start(IngestionPrograms.request(tenant, collection, requester));
    }

    /// Stops reading a document; one that has ended stays as it is.
    public void cancel(TenantId tenant, Document document) {
        boolean isStopped = end(tenant, document.id(), Document.State.CANCELLED, null, "Somebody cancelled it");
        if (isStopped && document.run() != null) {
            runs.cancel(tenant, new RunId(document.run()));
        }
    }

    /// False where it had ended already.
    boolean end(
            TenantId tenant, UUID document, Document.State state, @Nullable Reason reason, @Nullable String detail) {
        boolean isEnded = progress.end(tenant, document, state, reason, detail);
        if (isEnded) {
            listeners.forEach(listener -> listener.ended(tenant, state, reason));
        }
        return isEnded;
    }

    /// Refuses with `rate_limited` where the tenant has as many unread documents as it may.
    public void checkRoom(TenantId tenant) {
        int waiting = documents.unfinished(tenant);
        if (waiting >= config.maxWaiting()) {
            throw new Problem(
                    ErrorCode.RATE_LIMITED,
                    "%d documents are waiting to be read".formatted(waiting),
                    Reason.QUOTA_EXCEEDED.remedy());
        }
    }

    /// Refuses with `too_large` what has more bytes than a document may have.
    public void checkSize(long size) {
        if (size > config.maxFile()) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The document has %,d bytes".formatted(size),
                    "Send at most %,d".formatted(config.maxFile()));
        }
    }
}
