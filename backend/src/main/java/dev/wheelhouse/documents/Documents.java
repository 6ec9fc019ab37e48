package dev.wheelhouse.documents;

import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.crawl.Crawl;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.documents.Document.Stage;
import dev.wheelhouse.documents.Document.State;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: which documents there are, each call in a transaction of one tenant. How far one is, is changed by
/// [DocumentStages].
@Singleton
public final class Documents {

    private static final int MOST_LEFT = 100;

    private final Database database;
    private final DocumentRepository documents;
    private final AllDocumentsRepository all;
    private final DocumentBytes bytes;

    Documents(Database database, DocumentRepository documents, AllDocumentsRepository all, DocumentBytes bytes) {
        this.database = database;
        this.documents = documents;
        this.all = all;
        this.bytes = bytes;
    }

    /// Writes a document down as the next version of its key: one that is to be fetched, or whose bytes come in parts.
    public UUID add(TenantId tenant, UUID collection, NewDocument wanted, long size) {
        var id = Ids.next();
        String row = row(id, collection, wanted, size, null);
        database.as(tenant, () -> documents.add(row));
        return id;
    }

    /// A document whose bytes are all here, in one transaction: nobody is left with one that waits for them.
    public UUID addWhole(TenantId tenant, UUID collection, NewDocument wanted, byte[] hash, byte[] content) {
        var id = Ids.next();
        String row = row(id, collection, wanted, content.length, hash);
        database.as(tenant, () -> {
            documents.add(row);
            bytes.addAll(tenant, id, content);
        });
        return id;
    }

    /// @param hash null where its bytes are not here yet
    private static String row(UUID id, UUID collection, NewDocument wanted, long size, byte @Nullable [] hash) {
        var unread = wanted.url() == null ? Stage.RECEIVE : Stage.FETCH;
        var stage = hash == null ? unread : Stage.PARSE;
        var state = stage == Stage.RECEIVE ? State.RECEIVING : State.QUEUED;
        return new Columns<>(List.of(new DocumentRepository.Added(
                        id,
                        collection,
                        wanted.keyOrName(),
                        wanted.name(),
                        wanted.source(),
                        wanted.url(),
                        wanted.mediaType(),
                        size,
                        hash == null ? null : HexFormat.of().formatHex(hash),
                        state.word(),
                        stage.word(),
                        wanted.labels(),
                        wanted.createdBy(),
                        wanted.crawl())))
                .json();
    }

    /// A page that a crawl has come to. Empty where this crawl has been there, or has as many pages as it may.
    public Optional<UUID> addCrawled(TenantId tenant, Document from, String url, Crawl crawl) {
        var id = Ids.next();
        boolean isAdded = database.as(
                tenant,
                () -> documents.addCrawled(
                        from.collection(),
                        id,
                        url,
                        crawl.first(),
                        crawl.pages(),
                        crawl.json(),
                        from.labels(),
                        from.source().createdBy()));
        return isAdded ? Optional.of(id) : Optional.empty();
    }

    /// A document of the same bytes under the same key that is ready or on its way.
    public Optional<Document> same(TenantId tenant, UUID collection, String key, byte[] hash) {
        return database.as(tenant, () -> documents.same(collection, key, hash)).map(DocumentRow::document);
    }

    public Optional<Document> find(TenantId tenant, UUID id) {
        return database.as(tenant, () -> documents.find(id)).map(DocumentRow::document);
    }

    /// Newest first.
    public Page<Document> list(TenantId tenant, UUID collection, @Nullable UUID after, int limit) {
        var rows = database.as(tenant, () -> documents.list(collection, Page.before(after), limit + 1)).stream()
                .map(DocumentRow::document)
                .toList();
        return Page.of(rows, limit, document -> document.id().toString());
    }

    public int unfinished(TenantId tenant) {
        return database.as(tenant, documents::unfinished);
    }

    /// Which run makes it ready.
    public void begun(TenantId tenant, UUID document, UUID run) {
        database.as(tenant, () -> documents.begun(document, run));
    }

    /// Makes one that has failed or was cancelled wait for a run again, from this stage on.
    public boolean again(TenantId tenant, UUID document, Document.Stage from) {
        return database.as(tenant, () -> documents.again(document, from.word())) == 1;
    }

    /// True where there was one.
    public boolean delete(TenantId tenant, UUID document) {
        return database.as(tenant, () -> documents.delete(document));
    }

    /// Of all tenants; 0 where there is none.
    public double oldestUnfinishedSeconds() {
        return database.asEngine(all::oldest).orElse(0.0);
    }

    /// A document that is on its way, whosever it is.
    public record Left(
            TenantId tenant, UUID document, @Nullable UUID run) {}

    /// Those that nothing has happened to for a minute.
    public List<Left> left() {
        return database.asEngine(() -> all.left(MOST_LEFT)).stream()
                .map(left -> new Left(new TenantId(left.tenant()), left.document(), left.run()))
                .toList();
    }
}
