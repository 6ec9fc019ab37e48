package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.threads.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Threads and their messages as clients see them.
final class ThreadJson {

    private ThreadJson() {}

    static String of(Conversation thread) {
        return with(thread).end();
    }

    /// With what its runs have used.
    static String of(Conversation thread, Conversation.Spent spent) {
        return with(thread)
                .put("tokens", spent.tokens())
                .raw("cost", RunJson.cost(spent.cost()))
                .end();
    }

    static String branch(Conversation.Branch branch) {
        return new JsonObject()
                .put("run", branch.run().toString())
                .put("thread", branch.thread().toString())
                .put("origin", branch.origin().toString())
                .time("createdAt", branch.at())
                .end();
    }

    private static JsonObject with(Conversation thread) {
        return new JsonObject()
                .put("id", thread.id().toString())
                .put("title", thread.title())
                .put("agent", thread.agent())
                .time("createdAt", thread.createdAt())
                .time("updatedAt", thread.updatedAt())
                .put("activeRun", activeRun(thread))
                .raw("lastRun", lastRun(thread))
                .put("pinned", thread.mark().isPinned())
                .put("archived", thread.mark().isArchived());
    }

    /// Between two turns there is a moment in which the next has not begun to be the open one.
    private static @Nullable String activeRun(Conversation thread) {
        boolean isBusy = thread.lastState() != null && !thread.lastState().isEnded();
        var active = thread.openRun() == null && isBusy ? thread.lastRun() : thread.openRun();
        return active == null ? null : active.toString();
    }

    private static @Nullable String lastRun(Conversation thread) {
        return thread.lastRun() == null || thread.lastState() == null
                ? null
                : new JsonObject()
                        .put("id", thread.lastRun().toString())
                        .put("state", thread.lastState().word())
                        .put(
                                "waiting",
                                thread.waiting() == null
                                        ? null
                                        : thread.waiting().word())
                        .end();
    }

    /// What was said, oldest first.
    static List<String> messages(List<Conversation.Turn> turns) {
        var messages = new ArrayList<String>();
        for (var turn : turns) {
            for (JsonNode said : Json.read(turn.input())) {
                messages.add(new JsonObject()
                        .put("role", said.path("role").asText())
                        .put("content", said.path("content").asText())
                        .put("run", turn.run().toString())
                        .time("at", turn.at())
                        .end());
            }
            if (turn.output() != null) {
                messages.add(new JsonObject()
                        .put("role", "assistant")
                        .put("content", turn.output())
                        .put("run", turn.run().toString())
                        .time("at", turn.endedAt())
                        .end());
            }
        }
        return messages;
    }
}
