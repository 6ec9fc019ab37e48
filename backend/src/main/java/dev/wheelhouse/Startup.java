package dev.wheelhouse;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.definitions.Definitions;
import dev.wheelhouse.http.Readiness;
import dev.wheelhouse.knowledge.Knowledge;
import dev.wheelhouse.secrets.Secrets;
import dev.wheelhouse.tenants.Tenants;
import dev.wheelhouse.toolservers.ToolServers;
import dev.wheelhouse.triggers.Triggers;
import dev.wheelhouse.workflows.Workflows;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Runs once at the start: as soon as Postgres is available, loads what must exist before the first request.
@Context
final class Startup {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);

    private final Database database;
    private final Readiness readiness;
    private volatile boolean stopped;

    Startup(
            Database database,
            Readiness readiness,
            Tenants tenants,
            Agents agents,
            Workflows workflows,
            Secrets secrets,
            ToolServers servers,
            Triggers triggers,
            Knowledge knowledge,
            @Value("${definitions.dir:}") String definitions,
            @Value("${collections.dir:}") String collections) {
        this.database = database;
        this.readiness = readiness;
        Thread.ofPlatform().daemon().name("prepare-content").start(() -> {
            prepare(tenants, secrets, servers, agents, workflows, triggers, definitions);
            if (!collections.isBlank() && !stopped) {
                load(knowledge, Path.of(collections));
            }
        });
    }

    private void prepare(
            Tenants tenants,
            Secrets secrets,
            ToolServers servers,
            Agents agents,
            Workflows workflows,
            Triggers triggers,
            String definitions) {
        while (!stopped) {
            try {
                tenants.prepare();
                secrets.prepare();
                if (!definitions.isBlank()) {
                    load(definitions, servers, agents, workflows, triggers);
                }
                readiness.missing(null);
                return;
            } catch (RuntimeException e) {
                String why = e instanceof Problem problem ? words(problem) : String.valueOf(e.getMessage());
                if (readiness.missing(why)) {
                    boolean isSaid = database.notReadyBecause() != null;
                    LOG.atLevel(isSaid ? Level.DEBUG : Level.WARN)
                            .log("Initial content is not loaded yet: {} Trying again every second.", why);
                }
                pause();
            }
        }
    }

    /// Agents after tool servers, which they name; their files need not say what they are. Workflows name all of them,
    /// and triggers name workflows.
    private static void load(
            String folder, ToolServers servers, Agents agents, Workflows workflows, Triggers triggers) {
        var kinds = new LinkedHashMap<String, BiConsumer<String, String>>();
        kinds.put("tool-server", (name, text) -> servers.load(TenantId.DEFAULT, name, text));
        kinds.put(Workflows.KIND, (name, text) -> {});
        kinds.put(Triggers.KIND, (name, text) -> {});
        kinds.put(Agents.KIND, (name, text) -> agents.loadFile(TenantId.DEFAULT, name, text));
        Definitions.load(Path.of(folder), kinds);
        workflows.load(TenantId.DEFAULT, Path.of(folder));
        triggers.load(TenantId.DEFAULT, Path.of(folder));
    }

    /// Nothing waits for it: what cannot be loaded is said, and the platform goes on without.
    private static void load(Knowledge knowledge, Path folder) {
        try {
            knowledge.load(TenantId.DEFAULT, folder);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The collections in {} were not loaded, the platform goes on without them: {}",
                    folder,
                    e.getMessage());
        }
    }

    /// All that is wrong in one line, each mistake with its file and line.
    private static String words(Problem problem) {
        var mistakes = problem.mistakes().stream()
                .map(mistake -> mistake.path() + (mistake.line() > 0 ? " line " + mistake.line() : "") + ": "
                        + mistake.sentences())
                .collect(Collectors.joining(" "));
        return mistakes.isEmpty() ? problem.sentences() : problem.message() + ". " + mistakes;
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
