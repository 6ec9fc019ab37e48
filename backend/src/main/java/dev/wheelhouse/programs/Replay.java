package dev.wheelhouse.programs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs a program on what another run has on record: each step puts out what a step with the same key did, in their
/// order. Nothing is done outside and nothing is paid for. Where the program wants what is not on record, the run ends
/// and says so.
public final class Replay implements Program {

    private final Program program;
    private final RunId origin;
    private final List<Step> recorded;
    private final Recall recall;
    private final Map<Recall.Key, List<Step>> answers;
    // Steps of the replay itself: a committed one does not change, and a long run is asked about often.
    private final Map<Integer, Recall.Key> asked = new ConcurrentHashMap<>();

    public Replay(Program program, RunId origin, List<Step> recorded, Recall recall) {
        this.program = program;
        this.origin = origin;
        this.recorded = recorded;
        this.recall = recall;
        this.answers = recorded.stream().collect(Collectors.groupingBy(this::key));
    }

    private Recall.Key key(Step step) {
        return recall.key(step.kind(), step.name(), withoutId(step.input()));
    }

    private Recall.Key key(PlannedStep step) {
        String input = step.action() instanceof PlannedStep.Action.Ask ask ? ask.question() : step.input();
        return recall.key(step.kind(), step.name(), withoutId(input));
    }

    /// Each question has an id of its own.
    private static @Nullable String withoutId(@Nullable String input) {
        if (input == null || !Step.hasId(input)) {
            return input;
        }
        var node = (ObjectNode) Json.read(input);
        node.remove("approval");
        return node.toString();
    }

    @Override
    public Next next(History history) {
        var next = program.next(history);
        return next instanceof Next.Steps wanted ? perform(history, wanted.steps()) : next;
    }

    /// What the origin waited for and did not see the end of (a timer, a question, a called run) is left
    /// undone for as long as something else is on record: another step was faster.
    private Next perform(History history, List<PlannedStep> steps) {
        var before = new TreeMap<Integer, Recall.Key>();
        history.steps()
                .forEach(step -> before.put(step.number(), asked.computeIfAbsent(step.number(), number -> key(step))));
        var told = new ArrayList<PlannedStep>();
        Failure missing = null;
        for (var step : steps.stream()
                .sorted(Comparator.comparingInt(PlannedStep::number))
                .toList()) {
            if (step.action() instanceof PlannedStep.Action.Done) {
                told.add(step);
                continue;
            }
            var key = key(step);
            int times = Collections.frequency(before.headMap(step.number()).values(), key);
            before.putIfAbsent(step.number(), key);
            var found = answers.getOrDefault(key, List.of());
            if (found.size() <= times && step.action() instanceof PlannedStep.Action.Execute) {
                return new Next.Fail(diverged(step, times));
            } else if (found.size() <= times) {
                missing = missing == null ? diverged(step, times) : missing;
            } else {
                told.add(answer(step, found.get(times)));
            }
        }
        boolean isOver = missing != null && told.stream().allMatch(step -> hasEnded(history, step));
        return isOver ? new Next.Fail(missing) : new Next.Steps(told);
    }

    private static boolean hasEnded(History history, PlannedStep wanted) {
        return history.steps().stream().anyMatch(step -> step.number() == wanted.number());
    }

    private static PlannedStep answer(PlannedStep wanted, Step step) {
        var told = step.outcome();
        // A run that was called is not called again, and nothing of it was used.
        String producer = wanted.action() instanceof PlannedStep.Action.Call ? null : told.producer();
        var outcome = new Outcome(told.output(), told.failure(), Usage.NONE, producer);
        return new PlannedStep(
                wanted.number(),
                wanted.kind(),
                wanted.name(),
                wanted.call(),
                Effect.READ,
                wanted.action() instanceof PlannedStep.Action.Ask ? step.input() : wanted.input(),
                new PlannedStep.Action.Execute(context -> outcome),
                wanted.askedBy());
    }

    private Failure diverged(PlannedStep step, int before) {
        return new Failure(
                "replay_diverged",
                "Step %d %s; run %s %s"
                        .formatted(step.number(), recall.wants(step, before), origin, onRecord(step, before)),
                "Compare the two runs, or fork run %s to let it call out".formatted(origin));
    }

    /// What the record has that comes nearest.
    private String onRecord(PlannedStep wanted, int before) {
        if (before > 0) {
            return "has %d of these on record".formatted(before);
        }
        String arguments = recorded.stream()
                .filter(step -> step.name().equals(wanted.name()) && step.kind().equals(wanted.kind()))
                .map(step -> Text.shorten(String.valueOf(step.input()), 200) + " at step " + step.number())
                .limit(3)
                .collect(Collectors.joining(", "));
        return arguments.isEmpty() ? "has none on record" : "has it with " + arguments;
    }
}
