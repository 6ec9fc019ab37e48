package dev.wheelhouse.status;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.embeddings.Embeddings;
import dev.wheelhouse.models.Models;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Tenants;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What this installation says about itself.
@Singleton
final class Installation {

    static final String VERSION = version();

    private final Instant startedAt =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    private final Tenants tenants;
    private final Runs runs;
    private final Models models;
    private final Database database;
    private final Embeddings embeddings;

    Installation(Tenants tenants, Runs runs, Models models, Database database, Embeddings embeddings) {
        this.tenants = tenants;
        this.runs = runs;
        this.models = models;
        this.database = database;
        this.embeddings = embeddings;
    }

    private static String version() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /// @param prefix that of the request, see [dev.wheelhouse.http.BasePath]
    String links(String prefix) {
        return new JsonObject()
                .put("name", "Wheelhouse")
                .put("version", VERSION)
                .raw(
                        "links",
                        Json.write(new TreeMap<>(Map.of(
                                "api", prefix + "/api/v1",
                                "openapi", prefix + "/openapi.json",
                                "problems", prefix + "/problems",
                                "health", prefix + "/health",
                                "ready", prefix + "/ready",
                                "info", prefix + "/info"))))
                .end();
    }

    /// What waits, over all tenants.
    String queue() {
        var queue = runs.queue();
        var waiting = new JsonObject();
        queue.waiting().forEach((reason, many) -> waiting.put(reason.word(), many));
        return new JsonObject()
                .put("oldestDueMs", Math.round(queue.oldestDueSeconds() * 1_000))
                .raw("waiting", waiting.end())
                .end();
    }

    /// The embedding models of this replica. One that is away keeps documents waiting, and the replica ready.
    String embeddings() {
        return JsonObject.array(embeddings.standings().stream()
                .map(model -> new JsonObject()
                        .put("model", model.model())
                        .put("trouble", model.trouble())
                        .end())
                .toList());
    }

    String info() {
        return new JsonObject()
                .put("name", "Wheelhouse")
                .put("version", VERSION)
                .put("authMode", tenants.mode().word())
                .put("demo", models.isDemo("default"))
                .put("replica", database.replica())
                .put("replicas", runs.replicas())
                .time("startedAt", startedAt)
                .end();
    }
}
