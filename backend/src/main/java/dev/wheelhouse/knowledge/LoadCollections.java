package dev.wheelhouse.knowledge;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.documents.Collection.Visibility;
import dev.wheelhouse.documents.NewCollection;
import dev.wheelhouse.documents.NewDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes a collection of each folder in a folder, with its files as documents, but for [#DESCRIPTION]. One that is
/// there is left alone.
final class LoadCollections {

    /// The file in a folder of documents that says what they are about.
    private static final String DESCRIPTION = "description.txt";

    private final Knowledge knowledge;
    private final TenantId tenant;

    LoadCollections(Knowledge knowledge, TenantId tenant) {
        this.knowledge = knowledge;
        this.tenant = tenant;
    }

    void load(Path folder) throws IOException {
        for (var home : sorted(folder)) {
            String name = home.getFileName().toString();
            if (Files.isDirectory(home) && knowledge.find(tenant, name).isEmpty()) {
                var wanted = new NewCollection(name, description(home), "auto", Visibility.EVERYONE, null);
                var made = knowledge.create(tenant, wanted);
                for (var file : sorted(home)) {
                    knowledge.add(new Knowledge.Viewer(tenant, true), made.id(), document(file));
                }
            }
        }
    }

    private static NewDocument document(Path file) throws IOException {
        return new NewDocument(null, file.getFileName().toString(), "", "{}", Files.readAllBytes(file), null, null);
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith(DESCRIPTION)).sorted().toList();
        }
    }

    private static String description(Path home) throws IOException {
        var file = home.resolve(DESCRIPTION);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
