package dev.wheelhouse.documents;

import dev.wheelhouse.parsing.Reason;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import io.micronaut.data.annotation.TenantId;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A document as it is stored.
@MappedEntity("documents")
record DocumentRow(
        @TenantId String tenant,
        @Id UUID id,
        UUID collection,
        String key,
        int version,
        String name,
        String title,
        String source,
        @Nullable String url,
        String mediaType,
        long size,
        @Nullable String createdBy,
        @Nullable String crawl,
        String state,
        String stage,
        int stageDone,
        int stageTotal,
        Instant stageSince,
        @Nullable String reason,
        @Nullable String detail,
        int pages,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> emptyPages,
        @MappedProperty(type = DataType.STRING_ARRAY) List<String> warnings,
        int passages,
        String language,
        String labels,
        @Nullable UUID run,
        Instant createdAt,
        @Nullable Instant readyAt) {

    Document document() {
        return new Document(
                id,
                collection,
                key,
                version,
                name,
                title,
                new Document.Source(source, url, mediaType, size, createdBy, crawl),
                new Document.Progress(
                        Document.State.of(state),
                        Document.Stage.of(stage),
                        stageDone,
                        stageTotal,
                        stageSince,
                        reason == null ? null : Reason.of(reason).orElse(Reason.BROKE),
                        detail),
                new Document.Content(
                        pages, emptyPages.stream().map(Integer::valueOf).toList(), warnings, passages, language),
                labels,
                run,
                new Document.Times(createdAt, readyAt));
    }
}
