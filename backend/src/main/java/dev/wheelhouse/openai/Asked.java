package dev.wheelhouse.openai;

import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.runs.RunId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client asks for, whichever of OpenAI's forms it was said in.
///
/// @param said the whole conversation, as a new run would begin with it
/// @param metadata JSON text of an object
/// @param results where the conversation ends with the results of calls that one run waits for
record Asked(
        String agent,
        List<StartRuns.Said> said,
        RunOptions options,
        String metadata,
        @Nullable String user,
        boolean streams,
        boolean wantsUsage,
        @Nullable Results results) {

    /// The same, for a run of its own.
    Asked afresh() {
        return new Asked(agent, said, options, metadata, user, streams, wantsUsage, null);
    }

    /// What is left to know once there is a run: what was said is in its input, and pictures are large.
    Asked begun() {
        return new Asked(agent, List.of(), options, metadata, user, streams, wantsUsage, results);
    }

    /// Results of calls, by the steps of the run that wait for them.
    record Results(RunId run, Map<Integer, String> bySteps) {
        int lastStep() {
            return bySteps.keySet().stream().mapToInt(step -> step).max().orElse(0);
        }
    }
}
