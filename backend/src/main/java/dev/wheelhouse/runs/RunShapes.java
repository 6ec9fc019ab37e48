package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.time.Instant;
import java.util.UUID;

/// Makes runs and their first event out of what somebody wants to start.
final class RunShapes {

    private RunShapes() {}

    static Run withInput(Run run, String input) {
        return new Run(
                run.id(),
                run.tenant(),
                run.agent(),
                run.revision(),
                run.thread(),
                run.state(),
                input,
                run.output(),
                run.failure(),
                run.waiting(),
                run.usage(),
                run.steps(),
                run.metadata(),
                run.replica(),
                run.epoch(),
                run.lastSeq(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt());
    }

    /// A run as it stands right after it was written down.
    static Run created(NewRun wanted, RunId id, UUID thread, boolean begun, String replica, Instant at) {
        return new Run(
                id,
                wanted.tenant(),
                wanted.agent(),
                wanted.revision(),
                thread,
                begun ? RunState.RUNNING : RunState.QUEUED,
                wanted.input(),
                null,
                null,
                null,
                Usage.NONE,
                0,
                wanted.metadata(),
                begun ? replica : null,
                begun ? 1 : 0,
                1,
                at,
                begun ? at : null,
                null);
    }

    /// The first event's data. What the run's row says already is not said again.
    static String createdData(NewRun wanted) {
        return Text.storable("{\"input\":" + wanted.input() + "}");
    }

    /// What a thread is called after: the beginning of the first thing a person said.
    static String title(String input) {
        for (var message : Json.read(input)) {
            if (message.path("role").asText().equals("user")) {
                return Text.shorten(message.path("content").asText().strip().replaceAll("\\s+", " "), 80);
            }
        }
        return "";
    }
}
