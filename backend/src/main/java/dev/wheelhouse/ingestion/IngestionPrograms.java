package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.programs.StartRun;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Run;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The kind of program that makes documents ready to be found.
@Singleton
final class IngestionPrograms implements ProgramKind {

    static final String KIND = "ingestion";
    private static final String NAME = "document";
    private static final String BUILD = "collection";

    private final IngestStages stages;
    private final EmbedPassages passages;

    IngestionPrograms(IngestStages stages, EmbedPassages passages) {
        this.stages = stages;
        this.passages = passages;
    }

    /// The request for a run that makes this document ready. Asked twice for the same version of a try, it
    /// is one run.
    static StartRun.Request request(TenantId tenant, Document document) {
        String message = "{\"role\":\"user\",\"content\":%s,\"document\":\"%s\",\"from\":\"%s\"}"
                .formatted(
                        Json.quote(document.name().isEmpty() ? document.key() : document.name()),
                        document.id(),
                        document.progress().stage().word());
        return new StartRun.Request(
                tenant,
                KIND,
                NAME,
                null,
                "[" + message + "]",
                null,
                "{}",
                new Run.Asker(document.source().createdBy(), null, null),
                null,
                "ingest-%s-%d"
                        .formatted(document.id(), document.progress().since().toEpochMilli()));
    }

    /// The request for a run that makes a collection's next generation.
    static StartRun.Request request(TenantId tenant, Collection collection, @Nullable String requester) {
        String message = "{\"role\":\"user\",\"content\":%s,\"collection\":\"%s\",\"build\":\"%s\"}"
                .formatted(
                        Json.quote("Find the passages of %s by %s".formatted(collection.name(), collection.building())),
                        collection.id(),
                        collection.build());
        return new StartRun.Request(
                tenant,
                KIND,
                BUILD,
                null,
                "[" + message + "]",
                null,
                "{}",
                new Run.Asker(requester, null, null),
                null,
                "build-" + collection.build());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Program load(Run run) {
        var asked = Json.read(String.valueOf(run.input())).path(0);
        if (run.program().name().equals(BUILD)) {
            return new RebuildVectors(
                    UUID.fromString(asked.path("collection").asText()),
                    UUID.fromString(asked.path("build").asText()),
                    passages);
        }
        return new IngestDocument(
                UUID.fromString(asked.path("document").asText()),
                Document.Stage.of(asked.path("from").asText("parse")),
                stages);
    }

    @Override
    public Program.Pin pin(TenantId tenant, String name, @Nullable Integer revision) {
        if (!name.equals(NAME) && !name.equals(BUILD) || revision != null && revision != 1) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no ingestion \"%s\"%s"
                            .formatted(name, revision == null ? "" : " of revision " + revision),
                    "Documents are read by uploading them to a collection");
        }
        return new Program.Pin(KIND, name, 1);
    }
}
