package dev.wheelhouse.citations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.content.TestCollection;
import dev.wheelhouse.embeddings.TestModel;
import dev.wheelhouse.http.TestServer;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.knowledge.Search;
import dev.wheelhouse.memories.Memories;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.testing.FaultProxy;
import dev.wheelhouse.testing.TestDatabase;
import dev.wheelhouse.tools.ToolContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How often looking things up waits for Postgres: each transaction says whose it is and commits beside its statements.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTripsTest {

    private static final int ROUNDS = 5;
    private static final Knowledge.Viewer VIEWER = new Knowledge.Viewer(TenantId.DEFAULT, true);

    private FaultProxy wire;
    private TestServer server;

    @BeforeAll
    void start() {
        String url = TestDatabase.fresh();
        wire = new FaultProxy(URI.create(url).getPort(), 1);
        server =
                TestServer.start(Map.of("database.url", wire.before(url), "knowledge.embeddings.dir", TestModel.dir()));
        for (String name : List.of("animals", "plants")) {
            var collection = TestCollection.make(server, name);
            for (String text : List.of("A cat sleeps all day.", "A dog sleeps too.", "A cow sleeps in the barn.")) {
                collection.ready(collection.addText(text.substring(2, 5) + ".txt", text));
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
        wire.close();
    }

    /// The fewest of some rounds: a connection that was idle for long is tried first.
    private long trips(Callable<?> work) throws Exception {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = wire.trips("_app");
            work.call();
            fewest = Math.min(fewest, wire.trips("_app") - before);
        }
        return fewest;
    }

    private Search.Answer search(Search.Mode mode, String... collections) throws InterruptedException {
        var wanted = new Search(List.of(collections), "Which cat sleeps?", 8, null, Map.of(), mode);
        return server.bean(Knowledge.class).search(VIEWER, wanted);
    }

    @Test
    void search_reads_words_in_one_transaction_and_meanings_in_another() throws Exception {
        assertThat(search(Search.Mode.HYBRID, "animals").hits()).hasSize(3);

        assertThat(trips(() -> search(Search.Mode.LEXICAL, "animals"))).isEqualTo(7);
        assertThat(trips(() -> search(Search.Mode.HYBRID, "animals"))).isEqualTo(8);
    }

    @Test
    void each_further_collection_costs_one_more() throws Exception {
        assertThat(trips(() -> search(Search.Mode.HYBRID, "animals", "plants"))).isEqualTo(9);
    }

    @Test
    void passages_that_an_agent_gets_are_numbered_together() throws Exception {
        var tool = server.bean(KnowledgeSearchTool.class);
        var run = run();
        var asked = Json.read("{\"query\":\"Which cat sleeps?\"}");
        assertThat(tool.call(asked, new Call(run)).path("passages").findValues("cite"))
                .hasSize(3);

        assertThat(trips(() -> tool.call(asked, new Call(run)))).isEqualTo(11);
    }

    @Test
    void memory_is_looked_at_in_one_statement() throws Exception {
        var memories = server.bean(Memories.class);
        var ann = new Memories.Subject(TenantId.DEFAULT, "user ann");

        assertThat(trips(() -> memories.search(ann, "seat", 8))).isEqualTo(3);
    }

    private Run run() {
        var started = TestServer.body(server.post("/api/v1/agents/assistant/runs", "{\"input\":\"Hello\"}"));
        var id = new RunId(UUID.fromString(started.path("id").asText()));
        return server.bean(Runs.class).find(TenantId.DEFAULT, id).orElseThrow();
    }

    private record Call(Run run) implements ToolContext {

        @Override
        public TenantId tenant() {
            return run.tenant();
        }

        @Override
        public String idempotencyKey() {
            return "call";
        }

        @Override
        public List<String> allowedHosts() {
            return List.of();
        }

        @Override
        public List<String> collections() {
            return List.of("animals");
        }

        @Override
        public void ensureOwned() {}
    }
}
