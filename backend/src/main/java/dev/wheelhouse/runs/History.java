package dev.wheelhouse.runs;

import java.time.Duration;
import java.util.List;

/// What a program may look at: the run as it was started, its committed steps by number, those that have begun and not
/// ended, and the time since it was first taken by the database's clock, without what it spent waiting for people or
/// paused.
///
/// @param takeovers for each time a replica took the run from a lost one, how many steps were committed by then: what
/// the lost one was doing with the next steps is not on record, where they were of the class `read`
public record History(Run run, List<Step> steps, List<OpenStep> open, Duration age, List<Integer> takeovers) {

    public Usage usage() {
        return steps.stream().map(step -> step.outcome().usage()).reduce(Usage.NONE, Usage::plus);
    }
}
