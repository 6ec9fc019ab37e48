package dev.wheelhouse.runs;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes runs and their first event out of what somebody wants to start.
final class RunShapes {

    private RunShapes() {}

    /// The run with what its first event says.
    static Run withCreated(Run run, String created) {
        var node = Json.read(created);
        return new Run(
                run.id(),
                run.tenant(),
                run.agent(),
                run.revision(),
                run.thread(),
                run.state(),
                node.path("input").toString(),
                run.output(),
                node.has("caps") ? node.path("caps").toString() : null,
                run.failure(),
                run.waiting(),
                run.usage(),
                run.steps(),
                run.metadata(),
                run.asker(),
                run.origin(),
                run.parent(),
                run.paused(),
                run.behind(),
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
                wanted.caps(),
                null,
                null,
                Usage.NONE,
                0,
                wanted.metadata(),
                wanted.asker(),
                wanted.origin(),
                wanted.parent(),
                false,
                false,
                begun ? replica : null,
                begun ? 1 : 0,
                1,
                at,
                begun ? at : null,
                null);
    }

    /// The first event's data. What the run's row says already is not said again.
    static String createdData(NewRun wanted) {
        String caps = wanted.caps() == null ? "" : ",\"caps\":" + wanted.caps();
        String interrupts = wanted.whenBusy() == NewRun.WhenBusy.INTERRUPT ? ",\"interrupts\":true" : "";
        return Text.storable("{\"input\":" + wanted.input() + caps + interrupts + "}");
    }

    static @Nullable String json(Run.@Nullable Origin origin) {
        return origin == null
                ? null
                : "{\"run\":\"%s\",\"step\":%d,\"how\":\"%s\"}".formatted(origin.run(), origin.step(), origin.how());
    }
}
