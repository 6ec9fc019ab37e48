package dev.wheelhouse.http;

import dev.wheelhouse.database.Database;
import dev.wheelhouse.rest.JsonObject;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether this replica may take requests: Postgres answers, the schema is up to date, what must be there before the
/// first request is, and nobody has asked it to stop.
@Singleton
public final class Readiness implements ApplicationEventListener<ShutdownEvent> {

    private record Check(String name, @Nullable String trouble, String fine) {
        String json() {
            return new JsonObject()
                    .put("name", name)
                    .put("ok", trouble == null)
                    .put("message", trouble == null ? fine : trouble)
                    .end();
        }
    }

    private final Database database;
    private volatile boolean isStopping;
    private volatile @Nullable String missing = "The first key and agents are being brought in";

    Readiness(Database database) {
        this.database = database;
    }

    /// Why the first key or the agents of the definitions are not in place, or null once they are.
    /// True if that is news.
    public boolean missing(@Nullable String why) {
        boolean isNews = !Objects.equals(missing, why);
        missing = why;
        return isNews;
    }

    /// From here on nobody should send more requests; those that come are answered all the same.
    void leave() {
        isStopping = true;
    }

    boolean isStopping() {
        return isStopping;
    }

    @Override
    public void onApplicationEvent(ShutdownEvent event) {
        isStopping = true;
    }

    public record Answer(boolean isReady, String json) {}

    public Answer answer() {
        var checks = List.of(
                new Check("database", database.notReadyBecause(), "Postgres answers and its schema is up to date"),
                new Check("content", missing, "The first key and agents are in place"),
                new Check("lifetime", isStopping ? "The replica is stopping" : null, "Not stopping"));
        boolean isReady = checks.stream().allMatch(check -> check.trouble() == null);
        return new Answer(
                isReady,
                new JsonObject()
                        .put("status", isReady ? "ready" : "not ready")
                        .raw(
                                "checks",
                                JsonObject.array(
                                        checks.stream().map(Check::json).toList()))
                        .end());
    }
}
