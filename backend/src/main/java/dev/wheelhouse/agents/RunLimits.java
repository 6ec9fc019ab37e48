package dev.wheelhouse.agents;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A run against its agent's limits: what it may use and what it has used.
@Singleton
public final class RunLimits {

    private final AgentPrograms programs;
    private final Runs runs;

    RunLimits(AgentPrograms programs, Runs runs) {
        this.programs = programs;
        this.runs = runs;
    }

    /// Reads the run's log; the earlier turns only if a call was lost or stopped, because that counts by what it
    /// sent. Null for a run of another kind of program, which has no such limits.
    public @Nullable LimitUse of(Run run) {
        if (!run.program().kind().equals(Agents.KIND)) {
            return null;
        }
        var history = runs.history(run);
        boolean isWhole = history.takeovers().isEmpty() && run.state() != RunState.CANCELLED;
        var loop = isWhole ? programs.alone(run) : programs.loop(run);
        return loop.limitUse(history);
    }

    /// The most that a model call used which was stopped before it ended.
    ///
    /// @param money in micro-units, null where no price is known
    public record Stopped(long tokens, @Nullable Long money) {}

    /// @param stopped the part of `tokens` and `money` that nobody knows, null if a run was not stopped in a model call
    /// @param limits what the run may use, reduced to what its caller had left
    public record LimitUse(
            Definition.Limits limits,
            int steps,
            int calls,
            long tokens,
            @Nullable Long money,
            Duration time,
            long output,
            int depth,
            @Nullable Stopped stopped) {

        LimitUse(
                Definition.Limits limits,
                Spent spent,
                @Nullable Stopped stopped,
                boolean isCostKnown,
                Duration time,
                int depth) {
            this(
                    limits,
                    spent.steps(),
                    spent.calls(),
                    spent.tokens(),
                    isCostKnown ? Long.valueOf(spent.money()) : null,
                    time,
                    spent.output(),
                    depth,
                    stopped);
        }
    }
}
