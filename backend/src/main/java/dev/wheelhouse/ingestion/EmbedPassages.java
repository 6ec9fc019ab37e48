package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.Collections;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.DocumentPassages;
import dev.wheelhouse.embeddings.EmbeddingModel;
import dev.wheelhouse.embeddings.EmbeddingModel.Purpose;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.StepContext;
import dev.wheelhouse.vectors.VectorIndex;
import dev.wheelhouse.vectors.Vicinity;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Gives passages their vectors, a batch at a time.
@Singleton
final class EmbedPassages {

    private static final int BATCH = 32;
    private static final int MANY = 128;
    private static final String UNWANTED = "cancelled";

    private final Collections collections;
    private final DocumentPassages passages;
    private final Embeddings embeddings;
    private final Vicinity vicinity;
    private final List<IngestionListener> listeners;

    EmbedPassages(
            Collections collections,
            DocumentPassages passages,
            Embeddings embeddings,
            Vicinity vicinity,
            List<IngestionListener> listeners) {
        this.collections = collections;
        this.listeners = listeners;
        this.passages = passages;
        this.embeddings = embeddings;
        this.vicinity = vicinity;
    }

    /// How many of how many have theirs.
    record Done(int done, int total) {}

    /// Whether the collection has a model, and it is here.
    boolean isWanted(Collection collection) {
        return embeddings.find(collection.model()).isPresent();
    }

    /// How many passages of a document have no vector of the collection's generation, where they should.
    int missing(TenantId tenant, Collection collection, UUID document) {
        return isWanted(collection) ? passages.missing(tenant, document, collection.generation()) : 0;
    }

    /// How many passages of a document are to have one.
    int total(TenantId tenant, Document document) {
        return passages.count(tenant, document.id());
    }

    /// Those from `part` times the size of a batch on that have none yet.
    Done batch(TenantId tenant, Collection collection, Document document, int part) throws InterruptedException {
        int total = total(tenant, document);
        var model = embeddings.find(collection.model()).orElse(null);
        if (model == null) {
            return new Done(total, total);
        }
        var some = passages.withoutVector(tenant, document.id(), collection.generation(), part * BATCH, BATCH);
        embed(tenant, collection.id(), collection.generation(), model, some);
        return new Done(Math.min(total, (part + 1) * BATCH), total);
    }

    /// Some passages of a collection's next generation, after the one with this id.
    ///
    /// @param build that makes it; another one has taken its place where it is no longer the collection's
    Outcome next(StepContext step, UUID id, UUID build, long after) throws InterruptedException {
        var tenant = step.tenant();
        var collection = collections
                .find(tenant, id)
                .filter(one -> build.equals(one.build()))
                .orElse(null);
        if (collection == null) {
            return unwanted();
        }
        step.ensureOwned();
        int generation = collection.generation() + 1;
        String building = String.valueOf(collection.building());
        if (building.isEmpty()) {
            // By words alone from now on: there is nothing to be made.
            return Outcome.of("{\"left\":false}");
        }
        try {
            var model = model(building);
            var some = passages.ofCollection(tenant, id, generation, after, MANY);
            embed(tenant, id, generation, model, some);
            return Outcome.of("{\"left\":%b,\"last\":%d}"
                    .formatted(
                            !some.isEmpty(),
                            some.isEmpty() ? after : some.getLast().id()));
        } catch (Problem away) {
            return IngestStages.notEmbedded(away);
        }
    }

    private EmbeddingModel model(String name) {
        return embeddings
                .find(name)
                .orElseThrow(() -> new Problem(
                        ErrorCode.NOT_READY,
                        "The embedding model \"%s\" is not here".formatted(name),
                        "Set it as knowledge.embeddings.model, or choose another one"));
    }

    /// The next generation serves, unless there are passages that miss their vectors.
    Outcome adopt(StepContext step, UUID id, UUID build) {
        var missing = collections.adopt(step.tenant(), id, build);
        return missing.isEmpty() ? unwanted() : Outcome.of("{\"missing\":%d}".formatted(missing.getAsInt()));
    }

    /// The generation that serves stays.
    Outcome giveUp(StepContext step, UUID id, UUID build) {
        collections.giveUp(step.tenant(), id, build);
        return Outcome.of("{}");
    }

    private static Outcome unwanted() {
        return Outcome.failed(new Failure(UNWANTED, "The collection is gone, or gets another model"));
    }

    private void embed(
            TenantId tenant, UUID collection, int generation, EmbeddingModel model, List<DocumentPassages.Indexed> some)
            throws InterruptedException {
        if (some.isEmpty()) {
            return;
        }
        var embedded =
                model.embed(some.stream().map(DocumentPassages.Indexed::text).toList(), Purpose.PASSAGE);
        var placed = new ArrayList<VectorIndex.Placed>();
        for (int at = 0; at < some.size(); at++) {
            placed.add(new VectorIndex.Placed(some.get(at).id(), embedded.vectors()[at]));
        }
        vicinity.add(tenant, collection, generation, placed);
        listeners.forEach(listener -> listener.embedded(tenant, embedded.tokens()));
    }
}
