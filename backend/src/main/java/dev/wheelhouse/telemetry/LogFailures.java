package dev.wheelhouse.telemetry;

import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunListener;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.Step;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what failed, so that a run's failure is found in the log by its id: by its code, for a message may quote what
/// somebody wrote.
@Singleton
final class LogFailures implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(LogFailures.class);

    @Override
    public void stepEnded(Run run, Step step, Duration took) {
        var failure = step.outcome().failure();
        if (failure != null) {
            LOG.info(
                    "Step {} of run {}, {} \"{}\", failed after {} ms: {}.",
                    step.number(),
                    run.id(),
                    step.kind(),
                    step.name(),
                    took.toMillis(),
                    failure.code());
        }
    }

    @Override
    public void ended(Run run, RunState state, Duration age) {
        if (state == RunState.FAILED) {
            LOG.warn(
                    "Run {} of {} \"{}\" failed.",
                    run.id(),
                    run.program().kind(),
                    run.program().name());
        }
    }
}
