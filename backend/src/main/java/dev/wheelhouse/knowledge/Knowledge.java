package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Collections;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.DocumentPassages;
import dev.wheelhouse.documents.Documents;
import dev.wheelhouse.documents.NewCollection;
import dev.wheelhouse.documents.NewDocument;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.ingestion.Ingestion;
import dev.wheelhouse.outbound.Reach;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The front door: collections, their documents, and searching them. Every answer is about the tenant that
/// is named and no other; what a caller must not see is not there.
@Singleton
public final class Knowledge {

    private final Collections collections;
    private final Documents documents;
    private final DocumentPassages passages;
    private final ReceiveBytes receiving;
    private final SearchPassages search;
    private final Embeddings embeddings;
    private final Ingestion ingestion;

    Knowledge(
            Collections collections,
            Documents documents,
            DocumentPassages passages,
            ReceiveBytes receiving,
            SearchPassages search,
            Embeddings embeddings,
            Ingestion ingestion) {
        this.collections = collections;
        this.documents = documents;
        this.passages = passages;
        this.receiving = receiving;
        this.search = search;
        this.embeddings = embeddings;
        this.ingestion = ingestion;
    }

    /// Who looks: whether collections for builders are there for them.
    public record Viewer(TenantId tenant, boolean seesAll) {}

    /// A document as it stands after it was handed in.
    ///
    /// @param isDuplicate whether the same bytes were there already under this key
    public record Added(Document document, boolean isDuplicate) {}

    /// Refuses a name that is taken with `conflict`.
    public Collection create(TenantId tenant, NewCollection wanted) {
        String model = wanted.model() == null ? embeddings.usual() : wanted.model();
        checkModel(model);
        var id = collections
                .add(tenant, wanted, model)
                .orElseThrow(() -> new Problem(
                        ErrorCode.CONFLICT,
                        "There is a collection \"%s\" already".formatted(wanted.name()),
                        "Use another name, or add to that one"));
        return collections.find(tenant, id).orElseThrow();
    }

    /// What is to change of a collection; null for what stays.
    ///
    /// @param model that its passages are to be found by; empty for none
    public record Change(
            @Nullable String description,
            Collection.@Nullable Visibility visibility,
            @Nullable String model) {}

    /// Changes a collection. Another model takes over when it knows every passage; until then the one before serves.
    /// The model that it has ends what is being made.
    public Collection change(Viewer viewer, UUID id, Change wanted, @Nullable String requester) {
        var before = get(viewer, id);
        var tenant = viewer.tenant();
        String model = wanted.model();
        if (model != null) {
            checkModel(model);
        }
        collections.change(
                tenant,
                id,
                wanted.description() == null ? before.description() : wanted.description(),
                wanted.visibility() == null ? before.visibility() : wanted.visibility());
        if (model != null && model.equals(before.model()) && before.build() != null) {
            collections.giveUp(tenant, id, before.build());
        } else if (model != null && !model.equals(before.model()) && !model.equals(before.building())) {
            collections.build(tenant, id, model, Ids.next());
            ingestion.rebuild(tenant, get(viewer, id), requester);
        }
        return get(viewer, id);
    }

    private void checkModel(String model) {
        if (!model.isEmpty() && embeddings.find(model).isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_FOUND,
                    "There is no embedding model \"%s\"".formatted(model),
                    embeddings.usual().isEmpty()
                            ? "Leave it out: collections are searched by words here"
                            : "Use \"%s\", or \"\" for none".formatted(String.join("\", \"", embeddings.names())));
        }
    }

    /// Makes a collection of each folder in a folder, with its files as documents. One that is there is left alone.
    public void load(TenantId tenant, Path folder) throws IOException {
        new LoadCollections(this, tenant).load(folder);
    }

    /// By name.
    public List<Collection> list(Viewer viewer) {
        return collections.list(viewer.tenant()).stream()
                .filter(collection -> sees(viewer, collection))
                .toList();
    }

    private static boolean sees(Viewer viewer, Collection collection) {
        return viewer.seesAll() || collection.visibility() == Collection.Visibility.EVERYONE;
    }

    /// `not_found` if there is none that the viewer sees.
    public Collection get(Viewer viewer, UUID id) {
        return collections
                .find(viewer.tenant(), id)
                .filter(collection -> sees(viewer, collection))
                .orElseThrow(() -> missing("collection", id));
    }

    public Optional<Collection> find(TenantId tenant, String name) {
        return collections.find(tenant, name);
    }

    /// With all its documents. What was on its way is cancelled.
    public void delete(Viewer viewer, UUID id) {
        get(viewer, id);
        documents.list(viewer.tenant(), id, null, Page.LARGEST).data().stream()
                .filter(document -> !document.progress().state().isEnded())
                .forEach(document -> cancel(viewer, document.id()));
        collections.delete(viewer.tenant(), id);
    }

    /// Newest first. `after` is a cursor from an earlier page, limit 1 to 200.
    public Page<Document> documents(Viewer viewer, UUID collection, @Nullable String after, int limit) {
        get(viewer, collection);
        return documents.list(viewer.tenant(), collection, after == null ? null : Page.cursor(after), limit);
    }

    /// `not_found` if there is none that the viewer sees.
    public Document document(Viewer viewer, UUID id) {
        return documents
                .find(viewer.tenant(), id)
                .filter(document -> collections
                        .find(viewer.tenant(), document.collection())
                        .filter(collection -> sees(viewer, collection))
                        .isPresent())
                .orElseThrow(() -> missing("document", id));
    }

    /// What the parser found on one page; the first is number 1.
    public Optional<String> page(Viewer viewer, UUID document, int page) {
        document(viewer, document);
        return passages.page(viewer.tenant(), document, page);
    }

    /// Writes a document down and begins to read it. The same bytes under the same key are the document
    /// that is there.
    public Added add(Viewer viewer, UUID collection, NewDocument wanted) {
        get(viewer, collection);
        ingestion.checkRoom(viewer.tenant());
        byte[] bytes = wanted.bytes();
        if (bytes == null) {
            Reach.uri(String.valueOf(wanted.url()));
            var id = documents.add(viewer.tenant(), collection, wanted, 0);
            return new Added(begun(viewer, id), false);
        }
        ingestion.checkSize(bytes.length);
        byte[] hash = Hash.bytes(bytes);
        var same = documents.same(viewer.tenant(), collection, wanted.keyOrName(), hash);
        if (same.isPresent()) {
            return new Added(same.get(), true);
        }
        var id = documents.addWhole(viewer.tenant(), collection, wanted, hash, bytes);
        return new Added(begun(viewer, id), false);
    }

    /// Writes a file down whose bytes come in parts, by [#receive].
    public Added announce(Viewer viewer, UUID collection, NewDocument wanted, long size) {
        get(viewer, collection);
        ingestion.checkRoom(viewer.tenant());
        ingestion.checkSize(size);
        var id = documents.add(viewer.tenant(), collection, wanted, size);
        return new Added(document(viewer, id), false);
    }

    /// How much of a document is here.
    public record Received(Document document, long bytes) {}

    /// Takes the bytes of a file from this place on, and begins to read it when all are here. Refuses with
    /// `conflict` another place than where the last ones ended, which the document's stage says.
    public Received receive(Viewer viewer, UUID id, long offset, byte[] bytes) {
        var document = document(viewer, id);
        long size = document.source().size();
        if (document.progress().state() != Document.State.RECEIVING) {
            return new Received(document, size);
        }
        boolean isWhole = receiving.receive(viewer.tenant(), document, offset, bytes);
        return isWhole
                ? new Received(begun(viewer, id), size)
                : new Received(document(viewer, id), Math.min(size, offset + bytes.length));
    }

    private Document begun(Viewer viewer, UUID id) {
        return ingestion.begin(viewer.tenant(), id).orElseThrow(() -> missing("document", id));
    }

    /// Stops reading it; one that has ended stays as it is.
    public Document cancel(Viewer viewer, UUID id) {
        ingestion.cancel(viewer.tenant(), document(viewer, id));
        return document(viewer, id);
    }

    /// Goes on from the stage that failed. Refuses with `conflict` one that has not.
    public Document retry(Viewer viewer, UUID id) {
        var document = document(viewer, id);
        var from =
                switch (document.progress().stage()) {
                    case RECEIVE, PARSE -> Document.Stage.PARSE;
                    case FETCH -> Document.Stage.FETCH;
                    // Its passages went when it ended; its pages are still there.
                    case SPLIT, EMBED, PUBLISH -> Document.Stage.SPLIT;
                };
        if (!documents.again(viewer.tenant(), id, from)) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "The document is %s".formatted(document.progress().state().word()),
                    "Only one that has failed or was cancelled can be retried");
        }
        return begun(viewer, id);
    }

    /// When this returns, no replica finds it any more.
    public void remove(Viewer viewer, UUID id) {
        var document = document(viewer, id);
        if (!document.progress().state().isEnded()) {
            cancel(viewer, id);
        }
        documents.delete(viewer.tenant(), id);
    }

    /// How long the document of any tenant that waits longest has been on its way; 0 where there is none.
    public double oldestUnfinishedSeconds() {
        return documents.oldestUnfinishedSeconds();
    }

    /// Refuses collections that the viewer does not see with `not_found`.
    public Search.Answer search(Viewer viewer, Search wanted) throws InterruptedException {
        return search.search(viewer.tenant(), wanted, viewer.seesAll());
    }

    private static Problem missing(String what, Object id) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no %s \"%s\"".formatted(what, id));
    }
}
