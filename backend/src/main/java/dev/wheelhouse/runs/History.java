package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.List;

/// What a program may look at: the run as it was started, its committed steps by number, and the time since it was
/// created by the database's clock (waiting included).
public record History(Run run, List<Step> steps, Duration age) {

    public Usage usage() {
        return steps.stream().map(step -> step.outcome().usage()).reduce(Usage.NONE, Usage::plus);
    }
}
