package dev.wheelhouse.reruns;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run is to go another way: in a thread of its own, behind the steps up to `step` (0 for none).
///
/// @param input other messages as a JSON list, or null for those of the origin
/// @param program the name of another program of the same kind, its published revision unless `revision` says
///     otherwise, or null for the origin's
public record Fork(
        RunId run,
        int step,
        @Nullable String input,
        List<Edit> edits,
        @Nullable String program,
        @Nullable Integer revision,
        Run.Asker asker,
        @Nullable String idempotencyKey) {

    /// What a kept step is to have put out instead, JSON text: a tool's result, or of a model `text`, `toolCalls`.
    public record Edit(int step, String output) {}
}
