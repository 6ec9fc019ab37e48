package dev.wheelhouse.documents;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.TestDatabases;

/// What keeps documents, without the rest of the platform.
public record TestDocuments(
        Collections collections,
        Documents documents,
        DocumentStages stages,
        DocumentBytes bytes,
        DocumentPassages passages) {

    public static TestDocuments in(Database database) {
        var collections = TestDatabases.bean(database, CollectionRepository.class);
        var bytes = new DocumentBytes(database, TestDatabases.bean(database, BytesRepository.class));
        return new TestDocuments(
                new Collections(database, collections),
                new Documents(
                        database,
                        TestDatabases.bean(database, DocumentRepository.class),
                        TestDatabases.bean(database, AllDocumentsRepository.class),
                        bytes),
                new DocumentStages(database, TestDatabases.bean(database, StageRepository.class), collections),
                bytes,
                new DocumentPassages(
                        database,
                        TestDatabases.bean(database, PageRepository.class),
                        TestDatabases.bean(database, PassageRepository.class)));
    }
}
