package dev.wheelhouse.agents;

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

/// Carries a run of an agent through with what another run has on record: a model answers as it did, in its order; a
/// tool as it did for the same arguments, in their order; a person by order of the questions about the same tool. No
/// work is done, nothing is paid for. Where the agent asks for what is not on record, the run ends and says so.
final class Replay implements Program {

    private static final String MODEL = "model";
    private static final String DECISION = "decision";
    private static final String QUESTION = "question";

    private final Program program;
    private final RunId origin;
    private final List<Step> recorded;
    private final Map<Wanted, List<Step>> answers;
    // Steps of the replay itself: a committed one does not change, and a long run is asked about often.
    private final Map<Integer, Wanted> asked = new ConcurrentHashMap<>();

    Replay(Program program, RunId origin, List<Step> recorded) {
        this.program = program;
        this.origin = origin;
        this.recorded = recorded;
        this.answers = recorded.stream().collect(Collectors.groupingBy(Wanted::of));
    }

    /// What is looked for on record: the same call and how many of its kind were before it.
    private record Wanted(
            String kind, String name, @Nullable Object arguments) {
        static Wanted of(String kind, String name, @Nullable String input) {
            return switch (kind) {
                case MODEL -> new Wanted(MODEL, "", null);
                case DECISION -> new Wanted(DECISION, name, null);
                case QUESTION -> new Wanted(QUESTION, name, question(input));
                // A wait or a call of an agent is a tool's call too.
                default -> new Wanted("tool", name, input == null ? null : Json.read(input));
            };
        }

        static Wanted of(Step step) {
            return of(step.kind(), step.name(), step.input());
        }

        static Wanted of(PlannedStep work) {
            boolean asks = work.kind().equals(QUESTION) && work.action() instanceof PlannedStep.Action.Ask;
            return of(
                    work.kind(),
                    work.name(),
                    asks ? ((PlannedStep.Action.Ask) work.action()).question() : work.input());
        }

        /// Each question has an id of its own.
        private static @Nullable Object question(@Nullable String input) {
            var node = input == null ? null : Json.read(input);
            if (node instanceof ObjectNode object) {
                object.remove("approval");
            }
            return node;
        }
    }

    @Override
    public Next next(History history) {
        var next = program.next(history);
        return next instanceof Next.Steps wanted ? perform(history, wanted.steps()) : next;
    }

    private Next perform(History history, List<PlannedStep> works) {
        var before = new TreeMap<Integer, Wanted>();
        history.steps()
                .forEach(step ->
                        before.put(step.number(), asked.computeIfAbsent(step.number(), number -> Wanted.of(step))));
        var told = new ArrayList<PlannedStep>();
        for (var work : works.stream()
                .sorted(Comparator.comparingInt(PlannedStep::number))
                .toList()) {
            var wanted = Wanted.of(work);
            int times = Collections.frequency(before.headMap(work.number()).values(), wanted);
            before.putIfAbsent(work.number(), wanted);
            var found = answers.getOrDefault(wanted, List.of());
            if (found.size() <= times) {
                return new Next.Fail(diverged(work, times));
            }
            told.add(answer(work, found.get(times)));
        }
        return new Next.Steps(told);
    }

    private static PlannedStep answer(PlannedStep work, Step step) {
        var told = step.outcome();
        String producer = work.kind().equals(MODEL) ? told.producer() : null;
        var outcome = new Outcome(told.output(), told.failure(), Usage.NONE, producer);
        return new PlannedStep(
                work.number(),
                work.kind(),
                work.name(),
                work.call(),
                Effect.READ,
                work.action() instanceof PlannedStep.Action.Ask ? step.input() : work.input(),
                new PlannedStep.Action.Execute(context -> outcome));
    }

    private Failure diverged(PlannedStep work, int before) {
        String what =
                switch (work.kind()) {
                    case MODEL -> "asks the model for answer %d".formatted(before + 1);
                    case DECISION, QUESTION -> "asks a person about \"%s\"".formatted(work.name());
                    default ->
                        "calls \"%s\" with %s".formatted(work.name(), Text.shorten(String.valueOf(work.input()), 300));
                };
        return new Failure(
                "replay_diverged",
                "Step %d %s; run %s %s".formatted(work.number(), what, origin, onRecord(work, before)),
                "Compare the two runs, or fork run %s to let it call out".formatted(origin));
    }

    /// What the record has that comes nearest.
    private String onRecord(PlannedStep work, int before) {
        if (before > 0 || work.kind().equals(MODEL)) {
            return "has %d of these on record".formatted(before);
        }
        String arguments = recorded.stream()
                .filter(step -> step.name().equals(work.name()) && step.kind().equals(work.kind()))
                .map(step -> Text.shorten(String.valueOf(step.input()), 200) + " at step " + step.number())
                .limit(3)
                .collect(Collectors.joining(", "));
        return arguments.isEmpty() ? "has none on record" : "has it with " + arguments;
    }
}
