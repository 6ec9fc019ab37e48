package dev.wheelhouse.ingestion;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.Documents;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;

/// Looks after documents that were left on their way: a replica died before their run was started, or their
/// run was ended by somebody else.
@Context
final class TendDocuments implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Documents documents;
    private final Ingestion ingestion;
    private final Runs runs;
    private final Recurring tending;

    TendDocuments(Documents documents, Ingestion ingestion, Runs runs, Clock clock) {
        this.documents = documents;
        this.ingestion = ingestion;
        this.runs = runs;
        tending = Recurring.start(clock, "tend-documents", PAUSE, DatabaseException::isAway, this::tend);
    }

    private boolean tend() {
        documents.left().forEach(this::tend);
        return false;
    }

    void tend(Documents.Left left) {
        var document = documents.find(left.tenant(), left.document()).orElse(null);
        if (document == null || document.progress().state().isEnded()) {
            return;
        }
        if (document.progress().state() == Document.State.RECEIVING) {
            ingestion.end(
                    left.tenant(), document.id(), Document.State.FAILED, Reason.TOOK_TOO_LONG, "Its bytes never came");
            return;
        }
        if (left.run() == null) {
            ingestion.begin(left.tenant(), document.id());
            return;
        }
        runs.find(left.tenant(), new RunId(left.run()))
                .filter(run -> run.state().isEnded())
                .ifPresent(run -> ingestion.end(
                        left.tenant(),
                        document.id(),
                        run.state() == RunState.CANCELLED ? Document.State.CANCELLED : Document.State.FAILED,
                        run.state() == RunState.CANCELLED ? null : Reason.BROKE,
                        run.failure() == null ? null : run.failure().message()));
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        tending.close();
    }
}
