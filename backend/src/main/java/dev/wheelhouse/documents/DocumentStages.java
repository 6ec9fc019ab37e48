package dev.wheelhouse.documents;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.parsing.Reason;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How far documents are, each call in a transaction of one tenant.
@Singleton
public final class DocumentStages {

    private final Database database;
    private final StageRepository stages;
    private final CollectionRepository collections;

    DocumentStages(Database database, StageRepository stages, CollectionRepository collections) {
        this.database = database;
        this.stages = stages;
        this.collections = collections;
    }

    /// In bytes, as its stage says it.
    public void receiving(TenantId tenant, UUID document, long done, long size) {
        database.as(tenant, () -> stages.receiving(document, (int) done, (int) size));
    }

    /// All of it has come. False where somebody has said so before.
    public boolean received(TenantId tenant, UUID document, byte[] hash, long size) {
        return database.as(tenant, () -> stages.received(document, hash, size)) == 1;
    }

    /// False where it is no longer wanted. Progress of a stage only grows.
    public boolean at(TenantId tenant, UUID document, Document.Stage stage, int done, int total) {
        return database.as(tenant, () -> stages.at(document, stage.word(), done, total)) == 1;
    }

    /// Says why it does not go on for now.
    public void waits(TenantId tenant, UUID document, Reason reason, String why) {
        database.as(tenant, () -> stages.waits(document, reason.code(), why));
    }

    /// What was fetched from its address.
    public void fetched(TenantId tenant, UUID document, String mediaType, byte[] hash, long size) {
        database.as(tenant, () -> stages.fetched(document, mediaType, hash, size));
    }

    /// Ends a document that is on its way without success, and takes away what was made of it. False where
    /// it had ended already.
    public boolean end(
            TenantId tenant, UUID document, Document.State state, @Nullable Reason reason, @Nullable String detail) {
        return database.as(tenant, () -> {
            boolean isEnded = stages.end(document, state.word(), reason == null ? null : reason.code(), detail) == 1;
            if (isEnded) {
                stages.dropPassages(document);
            }
            return isEnded;
        });
    }

    /// False where it is no longer wanted.
    public boolean publish(TenantId tenant, UUID document) {
        return database.as(tenant, () -> stages.publish(document));
    }

    /// Lets every replica look at the vectors of a ready document anew.
    public void touch(TenantId tenant, Document document) {
        database.as(tenant, () -> {
            collections.touch(document.collection());
            stages.renew(document.id());
        });
    }
}
