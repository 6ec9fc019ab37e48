package dev.wheelhouse.agents;

import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Loop detection: the same call with the same result, the same sequence of calls over and over, or model answers that
/// produce nothing new. The model is warned once, in the result of the call; the next time, the run ends.
///
/// A wait lets time pass, so polling after it counts neither as a repeated sequence nor as lack of progress; it still
/// counts as the same call with the same result.
final class LoopDetector {

    private static final int LONGEST_CYCLE = 6;

    /// What makes two calls equal; without arguments or outcome where those do not matter.
    private record Same(
            String name, @Nullable String input, @Nullable Outcome outcome) {}

    private final Definition.Limits limits;
    private final Map<Same, Integer> seen = new HashMap<>();
    private final Set<Same> results = new HashSet<>();
    private final List<Same> calls = new ArrayList<>();
    private final List<Same> sinceWait = new ArrayList<>();
    private final Map<Integer, String> warnings = new HashMap<>();
    private int idle;
    private boolean warnedOfCycle;
    private @Nullable Failure failure;
    private int looked;
    private @Nullable Step last;

    LoopDetector(Definition.Limits limits) {
        this.limits = limits;
    }

    static LoopDetector of(Definition.Limits limits, List<Turn> turns) {
        var loops = new LoopDetector(limits);
        loops.add(turns);
        if (!turns.isEmpty() && !turns.getLast().isDone()) {
            loops.look(turns.getLast());
        }
        return loops;
    }

    /// Whether these are the turns that it has looked at, and perhaps more.
    boolean continuesIn(List<Turn> turns) {
        return last == null
                || turns.size() >= looked
                        && turns.get(looked - 1).step() == last
                        && turns.get(looked - 1).isDone();
    }

    /// Looks at the turns that it has not looked at yet and that have all their results: those do not change any more.
    void add(List<Turn> turns) {
        for (var turn : turns.subList(looked, turns.size())) {
            if (!turn.isDone()) {
                return;
            }
            look(turn);
            looked++;
            last = turn.step();
        }
    }

    private void look(Turn turn) {
        var done = turn.done();
        if (!done.isEmpty() && failure == null) {
            look(done);
        }
    }

    /// Why the run ends, or null.
    @Nullable
    Failure failure() {
        return failure;
    }

    boolean isWarned(Step step) {
        return warnings.containsKey(step.number());
    }

    /// The result of a call as the model sees it, with a warning if it is looping.
    ModelMessage message(Step step) {
        var failed = step.outcome().failure();
        String text = failed == null ? Turn.said(step) : Turn.sentence(failed);
        return new ModelMessage.ToolResult(
                String.valueOf(step.call()),
                step.name(),
                text + warnings.getOrDefault(step.number(), ""),
                failed != null);
    }

    private void look(List<Step> done) {
        var work = done.stream().filter(step -> !step.kind().equals("wait")).toList();
        if (work.size() < done.size()) {
            sinceWait.clear();
            idle = 0;
        }
        repeats(work);
        if (failure == null && work.size() == done.size()) {
            progress(work);
        }
        work.forEach(step -> {
            calls.add(new Same(step.name(), step.input(), null));
            sinceWait.add(calls.getLast());
            results.add(result(step));
        });
        if (failure == null && !work.isEmpty()) {
            cycles(work.getLast());
        }
    }

    /// Calls in one answer count once: a model that makes three at once has not been warned yet.
    private void repeats(List<Step> work) {
        var inThisAnswer = new HashSet<Same>();
        for (var step : work) {
            var same = new Same(step.name(), step.input(), step.outcome());
            if (!inThisAnswer.add(same)) {
                continue;
            }
            int count = seen.merge(same, 1, Integer::sum);
            if (count > limits.repeats()) {
                failure = new Failure(
                        "going_in_circles",
                        "\"%s\" was called %d times with the same arguments and the same result: %s"
                                .formatted(step.name(), count, cycle(step)),
                        "Change the instructions, or raise limits.repeats in the agent's definition");
            } else if (count == limits.repeats()) {
                warnings.put(
                        step.number(),
                        "\nThis call has returned the same result %d times. Try something else, or answer."
                                .formatted(count));
            }
        }
    }

    /// The calls since the last identical one.
    private String cycle(Step step) {
        var same = new Same(step.name(), step.input(), null);
        int from = calls.lastIndexOf(same);
        var between =
                from < 0 ? List.<Same>of() : calls.subList(Math.max(from, calls.size() - LONGEST_CYCLE), calls.size());
        return names(between) + (between.isEmpty() ? "" : " → ") + step.name();
    }

    private static String names(List<Same> calls) {
        return calls.stream().map(Same::name).collect(Collectors.joining(" → "));
    }

    private void progress(List<Step> work) {
        idle = work.stream().anyMatch(this::isNew) ? 0 : idle + 1;
        if (idle > limits.idle()) {
            failure = new Failure(
                    "no_progress",
                    "The model's last %d answers produced no new result; the last one called %s"
                            .formatted(idle, work.stream().map(Step::name).collect(Collectors.joining(", "))),
                    "Change the instructions, or raise limits.idle in the agent's definition");
        } else if (idle == limits.idle()) {
            warnings.merge(
                    work.getLast().number(),
                    "\nThe last %d rounds of calls produced nothing new. Try something else, or answer."
                            .formatted(idle),
                    String::concat);
        }
    }

    private boolean isNew(Step step) {
        return !step.outcome().hasFailed() && !results.contains(result(step));
    }

    /// A read counts as new by its result; an action also by its arguments.
    private static Same result(Step step) {
        return new Same(step.name(), step.effect() == Effect.READ ? null : step.input(), step.outcome());
    }

    /// Repeated sequences of two or more calls, whatever they return: results that differ only in a timestamp would
    /// hide a loop.
    private void cycles(Step last) {
        int most = 2 * limits.repeats();
        for (int length = 2; length <= LONGEST_CYCLE; length++) {
            int count = cycles(length);
            if (count < most || isOneCall(length)) {
                continue;
            }
            if (count > most && warnedOfCycle) {
                var one = sinceWait.subList(sinceWait.size() - length, sinceWait.size());
                failure = new Failure(
                        "going_in_circles",
                        "The same sequence of calls was repeated %d times: %s → %s"
                                .formatted(count, names(one), one.getFirst().name()),
                        "Change the instructions, or raise limits.repeats in the agent's definition");
            } else if (!warnedOfCycle) {
                warnedOfCycle = true;
                warnings.merge(
                        last.number(),
                        "\nThe same sequence of calls was repeated %d times. Try something else, or answer."
                                .formatted(count),
                        String::concat);
            }
            return;
        }
    }

    /// How many times in a row the last `length` calls have occurred.
    private int cycles(int length) {
        int count = 1;
        for (int at = sinceWait.size() - length; at >= length; at -= length) {
            var before = sinceWait.subList(at - length, at);
            if (!before.equals(sinceWait.subList(sinceWait.size() - length, sinceWait.size()))) {
                break;
            }
            count++;
        }
        return sinceWait.size() < length ? 0 : count;
    }

    private boolean isOneCall(int length) {
        return Set.copyOf(sinceWait.subList(sinceWait.size() - length, sinceWait.size()))
                        .size()
                == 1;
    }
}
