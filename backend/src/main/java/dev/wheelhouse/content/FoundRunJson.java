package dev.wheelhouse.content;

import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.search.FoundRun;
import org.jspecify.annotations.Nullable;

/// A run in a list of what was found, as clients see it.
final class FoundRunJson {

    private FoundRunJson() {}

    static String of(FoundRun run) {
        var standing = run.standing();
        return new JsonObject()
                .put("id", run.run().toString())
                .put("thread", run.thread().toString())
                .put("parent", run.parent() == null ? null : run.parent().toString())
                .put("kind", run.kind())
                .put("agent", run.agent())
                .put("revision", run.revision())
                .put("state", standing.state())
                .raw("waiting", waiting(standing))
                .put("paused", standing.paused())
                .put("behind", standing.behind())
                .put("input", run.input())
                .put("output", run.output())
                .raw("error", RunJson.failure(run.failure()))
                .put("steps", run.steps())
                .put("tokens", run.tokens())
                .raw("cost", RunJson.cost(run.cost()))
                .raw(
                        "durationMs",
                        run.duration() == null ? null : run.duration().toString())
                .put("requester", run.requester())
                .put("user", run.user())
                .put("origin", run.origin())
                .time("createdAt", run.createdAt())
                .time("endedAt", run.endedAt())
                .end();
    }

    private static @Nullable String waiting(FoundRun.Standing standing) {
        return standing.waiting() == null
                ? null
                : new JsonObject()
                        .put("reason", standing.waiting())
                        .time("until", standing.until())
                        .end();
    }
}
