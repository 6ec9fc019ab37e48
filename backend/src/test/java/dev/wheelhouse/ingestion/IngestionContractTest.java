package dev.wheelhouse.ingestion;

import dev.wheelhouse.database.TestDatabases;
import dev.wheelhouse.documents.Collection;
import dev.wheelhouse.documents.NewCollection;
import dev.wheelhouse.documents.NewDocument;
import dev.wheelhouse.documents.TestDocuments;
import dev.wheelhouse.embeddings.TestModel;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.parsing.TestParsing;
import dev.wheelhouse.programs.ProgramContract;
import dev.wheelhouse.programs.ProgramKind;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.TestRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// Reading a document, as a program.
class IngestionContractTest extends ProgramContract {

    private UUID document;

    @Override
    protected ProgramKind plugIn(String url, Supplier<Runs> runs) {
        var stores = TestDocuments.in(TestDatabases.open(url));
        var collections = stores.collections();
        var documents = stores.documents();
        var passages = stores.passages();
        var config = new KnowledgeConfig(1 << 20, 10, false);
        var fetch = new FetchDocument(config, Outbound.direct());
        var links = new FollowLinks(documents, fetch, config, () -> {
            throw new IllegalStateException("Nothing is crawled here");
        });
        var embed = new EmbedPassages(collections, passages, TestModel.none(), null, List.of());
        document = put(stores);
        return new IngestionPrograms(
                new IngestStages(
                        collections,
                        documents,
                        stores.stages(),
                        stores.bytes(),
                        passages,
                        TestParsing.usual(),
                        fetch,
                        links,
                        embed,
                        List.of()),
                embed);
    }

    private static UUID put(TestDocuments stores) {
        var wanted = new NewCollection("tides", "", "auto", Collection.Visibility.EVERYONE, "");
        var home = stores.collections().add(TestRuns.TENANT, wanted, "").orElseThrow();
        byte[] text = "# Tides\n\nHigh water is at noon.".getBytes(StandardCharsets.UTF_8);
        var empty = new NewDocument("tides.md", "tides.md", "text/markdown", "{}", null, null, null);
        var id = stores.documents().add(TestRuns.TENANT, home, empty, text.length);
        stores.bytes().store(TestRuns.TENANT, id, 0, text);
        stores.stages().received(TestRuns.TENANT, id, new byte[32], text.length);
        return id;
    }

    @Override
    protected String name() {
        return "document";
    }

    @Override
    protected String input() {
        return "[{\"role\":\"user\",\"content\":\"tides\",\"document\":\"%s\",\"from\":\"parse\"}]".formatted(document);
    }
}
