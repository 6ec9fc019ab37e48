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

/// Finds out that a run gets nowhere: the same call with the same result, the same calls in turn, or answers of the
/// model that bring nothing new. The model is told once, in the result of the call; at the next time the run ends.
///
/// A wait lets time pass, so what is polled after it is no round of calls and no lack of progress; it still counts as
/// the same call with the same result.
final class LoopDetector {

    private static final int LONGEST_ROUND = 6;

    /// What makes two calls the same; without arguments, or without the outcome, where that does not matter.
    private record Same(
            String name, @Nullable String input, @Nullable Outcome outcome) {}

    private final Definition.Limits limits;
    private final Map<Same, Integer> seen = new HashMap<>();
    private final Set<Same> results = new HashSet<>();
    private final List<Same> calls = new ArrayList<>();
    private final List<Same> sinceWait = new ArrayList<>();
    private final Map<Integer, String> told = new HashMap<>();
    private int idle;
    private boolean toldOfRound;
    private @Nullable Failure failure;

    private LoopDetector(Definition.Limits limits) {
        this.limits = limits;
    }

    static LoopDetector of(Definition.Limits limits, List<Turn> turns) {
        var loops = new LoopDetector(limits);
        for (var turn : turns) {
            var done = turn.done();
            if (!done.isEmpty() && loops.failure == null) {
                loops.add(done);
            }
        }
        return loops;
    }

    /// Why the run ends, or null.
    @Nullable
    Failure failure() {
        return failure;
    }

    /// The result of a call as the model reads it, with a word where it goes round in loops.
    ModelMessage message(Step step) {
        var failed = step.outcome().failure();
        String text = failed == null ? String.valueOf(step.outcome().output()) : Turn.sentence(failed);
        return new ModelMessage.ToolResult(
                String.valueOf(step.call()), step.name(), text + told.getOrDefault(step.number(), ""), failed != null);
    }

    private void add(List<Step> done) {
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
            rounds(work.getLast());
        }
    }

    /// Calls of one answer count once: who asks three times at once has not been told yet.
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
                                .formatted(step.name(), count, round(step)),
                        "Change the instructions, or raise limits.repeats of the agent");
            } else if (count == limits.repeats()) {
                told.put(
                        step.number(),
                        "\nThis call has given this result %d times. Do something else, or answer.".formatted(count));
            }
        }
    }

    /// The calls from the last time to this one.
    private String round(Step step) {
        var same = new Same(step.name(), step.input(), null);
        int from = calls.lastIndexOf(same);
        var between =
                from < 0 ? List.<Same>of() : calls.subList(Math.max(from, calls.size() - LONGEST_ROUND), calls.size());
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
                    "The last %d answers of the model brought no new result; the last asked for %s"
                            .formatted(idle, work.stream().map(Step::name).collect(Collectors.joining(", "))),
                    "Change the instructions, or raise limits.idle of the agent");
        } else if (idle == limits.idle()) {
            told.merge(
                    work.getLast().number(),
                    "\nThe last %d rounds of calls brought nothing new. Do something else, or answer.".formatted(idle),
                    String::concat);
        }
    }

    private boolean isNew(Step step) {
        return !step.outcome().hasFailed() && !results.contains(result(step));
    }

    /// What reads is new by what it brings, what acts also by what it was asked to do.
    private static Same result(Step step) {
        return new Same(step.name(), step.effect() == Effect.READ ? null : step.input(), step.outcome());
    }

    /// Two or more calls in turn, whatever they bring: results that differ in a clock's time would hide a circle.
    private void rounds(Step last) {
        int most = 2 * limits.repeats();
        for (int length = 2; length <= LONGEST_ROUND; length++) {
            int count = rounds(length);
            if (count < most || isOneCall(length)) {
                continue;
            }
            if (count > most && toldOfRound) {
                var one = sinceWait.subList(sinceWait.size() - length, sinceWait.size());
                failure = new Failure(
                        "going_in_circles",
                        "The same calls were made %d times in turn: %s → %s"
                                .formatted(count, names(one), one.getFirst().name()),
                        "Change the instructions, or raise limits.repeats of the agent");
            } else if (!toldOfRound) {
                toldOfRound = true;
                told.merge(
                        last.number(),
                        "\nThe same calls were made %d times in turn. Do something else, or answer.".formatted(count),
                        String::concat);
            }
            return;
        }
    }

    /// How often the last `length` calls have come in a row.
    private int rounds(int length) {
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
