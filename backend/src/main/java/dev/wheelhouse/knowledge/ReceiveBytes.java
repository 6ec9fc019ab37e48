package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.documents.DocumentBytes;
import dev.wheelhouse.documents.DocumentStages;
import jakarta.inject.Singleton;

/// Takes a file that comes in parts, each where the last one ended.
@Singleton
final class ReceiveBytes {

    private final DocumentBytes all;
    private final DocumentStages progress;

    ReceiveBytes(DocumentBytes all, DocumentStages progress) {
        this.all = all;
        this.progress = progress;
    }

    /// Whether all are here with these, and nobody else has said so before. Refuses with `conflict` another place
    /// than where the last ones ended.
    boolean receive(TenantId tenant, Document document, long offset, byte[] bytes) {
        var id = document.id();
        long size = document.source().size();
        long here = all.count(tenant, id);
        long end = offset + bytes.length;
        if (offset != here || end > size || end < size && bytes.length % DocumentBytes.PART != 0) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "%,d bytes from %,d on do not fit: %,d of %,d are here".formatted(bytes.length, offset, here, size),
                    "Go on at offset %d; every part but the last has a multiple of %,d bytes"
                            .formatted(here, DocumentBytes.PART));
        }
        all.store(tenant, id, (int) (here / DocumentBytes.PART), bytes);
        progress.receiving(tenant, id, end, size);
        return end == size && progress.received(tenant, id, all.hash(tenant, id), size);
    }
}
