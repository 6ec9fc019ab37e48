package dev.wheelhouse.api;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.http.JsonObject;
import dev.wheelhouse.models.Model;
import dev.wheelhouse.models.Models;
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

    Installation(Tenants tenants, Runs runs, Models models, Database database) {
        this.tenants = tenants;
        this.runs = runs;
        this.models = models;
        this.database = database;
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

    String info() {
        return new JsonObject()
                .put("name", "Wheelhouse")
                .put("version", VERSION)
                .put("authMode", tenants.mode().word())
                .put("demo", isDemo("default"))
                .put("replica", database.replica())
                .put("replicas", runs.replicas())
                .time("startedAt", startedAt)
                .end();
    }

    /// True where the alias leads to the scripted demo model.
    boolean isDemo(String alias) {
        return models.list().stream()
                .filter(model -> model.alias().equals(alias))
                .anyMatch(Model::demo);
    }
}
