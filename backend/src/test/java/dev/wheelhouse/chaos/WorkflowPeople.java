package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Who answers what the runs of a [WorkflowStorm] wait for: approves, refuses, sends signals, cancels.
final class WorkflowPeople implements AutoCloseable {

    private static final String ASKED =
            "SELECT id, run, kind, question FROM questions WHERE state = 'open' AND kind IN ('tool', 'signal')";

    private final World world;
    private final Thread thread;
    private final AtomicReference<@Nullable Load> load = new AtomicReference<>();
    private volatile boolean hasLeft;

    WorkflowPeople(World world) {
        this.world = world;
        thread = Thread.ofVirtual().start(this::answer);
    }

    void know(Load runs) {
        load.set(runs);
    }

    private void answer() {
        while (!hasLeft) {
            try {
                var runs = load.get();
                if (runs != null) {
                    answerAll(runs);
                }
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (IllegalStateException e) {
                // Postgres or a replica says it later.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void answerAll(Load runs) throws InterruptedException {
        Map<String, String> names = new HashMap<>();
        runs.runs().forEach((name, id) -> names.put(id, name));
        for (var row : world.postgres().rows(ASKED)) {
            String name = names.get(row.get(1));
            if (name != null) {
                answer(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        Json.read(row.get(3)),
                        WorkflowStorm.Way.of(Integer.parseInt(name)));
            }
        }
    }

    private void answer(String question, String run, String kind, JsonNode asked, WorkflowStorm.Way way)
            throws InterruptedException {
        if (kind.equals("tool")) {
            String word = way == WorkflowStorm.Way.REFUSED ? "reject" : "approve";
            String body = "{\"decision\":\"%s\"}".formatted(word);
            world.api().post("/api/v1/approvals/" + question + "/decision", body, "decide-" + question);
        } else if (asked.path("name").asText().equals("go")) {
            world.api().post("/api/v1/runs/" + run + "/signals/go", "{\"from\":\"people\"}", "go-" + run);
        } else {
            world.api().post("/api/v1/runs/" + run + "/cancel", "", "cancel-" + run);
        }
    }

    @Override
    public void close() throws InterruptedException {
        hasLeft = true;
        thread.join();
    }
}
