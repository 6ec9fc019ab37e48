package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Makes one document ready, stage after stage. Each stage is done again after a loss, since what it writes
/// is the same.
final class IngestDocument implements Program {

    /// How long a document may take in all, without what its run waited.
    static final Duration LONGEST = Duration.ofMinutes(30);

    /// The kind of the step that says why a document is not ready.
    private static final String SETTLE = "settle";

    private static final int MOST_TRIES = 3;

    private final UUID document;
    private final Document.Stage from;
    private final IngestStages stages;

    IngestDocument(UUID document, Document.Stage from, IngestStages stages) {
        this.document = document;
        this.from = from;
        this.stages = stages;
    }

    @Override
    public Next next(History history) {
        var steps = history.steps();
        if (steps.isEmpty()) {
            return step(history, from, 0);
        }
        var last = steps.getLast();
        var failure = last.outcome().failure();
        if (last.kind().equals(SETTLE)) {
            return new Next.Fail(failure == null ? failed(steps) : failure);
        }
        if (last.kind().equals(Waits.PAUSE)) {
            return step(history, Document.Stage.EMBED, (int) Waits.after(last));
        }
        if (failure != null && Waits.isWorthIt(steps, failure)) {
            return Waits.pause(history, part(last), failure);
        }
        if (failure != null) {
            return Reason.of(failure.code()).isPresent() || tries(steps, last) >= MOST_TRIES
                    ? settle(history, failure)
                    : step(history, Document.Stage.of(last.kind()), part(last));
        }
        if (history.age().minus(Waits.total(steps)).compareTo(LONGEST) > 0
                && !last.kind().equals("publish")) {
            return settle(history, new Failure(Reason.TOOK_TOO_LONG.code(), "It took longer than 30 minutes"));
        }
        return after(history, last);
    }

    private Next after(History history, Step last) {
        var output = Json.read(String.valueOf(last.outcome().output()));
        return switch (Document.Stage.of(last.kind())) {
            case RECEIVE, FETCH -> step(history, Document.Stage.PARSE, 0);
            case PARSE -> step(history, Document.Stage.SPLIT, 0);
            case SPLIT ->
                output.path("embed").asInt() > 0
                        ? step(history, Document.Stage.EMBED, 0)
                        : step(history, Document.Stage.PUBLISH, 0);
            case EMBED ->
                output.path("left").asInt() > 0
                        ? step(history, Document.Stage.EMBED, part(last) + 1)
                        : step(history, Document.Stage.PUBLISH, 0);
            // Its collection has got another model meanwhile.
            case PUBLISH ->
                output.path("embed").asInt() > 0
                        ? step(history, Document.Stage.EMBED, 0)
                        : new Next.Succeed(
                                "%d passages".formatted(output.path("passages").asInt()));
        };
    }

    private static long tries(List<Step> steps, Step last) {
        return steps.stream()
                .filter(step -> step.kind().equals(last.kind()) && part(step) == part(last))
                .count();
    }

    private static int part(Step step) {
        return step.input() == null
                ? 0
                : Json.read(String.valueOf(step.input())).path("part").asInt();
    }

    private Next step(History history, Document.Stage stage, int part) {
        return new Next.Steps(List.of(new PlannedStep(
                history.steps().size() + 1,
                stage.word(),
                "document",
                null,
                Effect.KEYED,
                "{\"document\":\"%s\",\"part\":%d}".formatted(document, part),
                new PlannedStep.Action.Execute(context -> stages.perform(context, document, stage, part)))));
    }

    /// The document says why as well: a run can be gone by the time somebody asks.
    private Next settle(History history, Failure failure) {
        return new Next.Steps(List.of(new PlannedStep(
                history.steps().size() + 1,
                SETTLE,
                "document",
                null,
                Effect.KEYED,
                "{\"document\":\"%s\",\"reason\":%s}".formatted(document, Json.quote(failure.code())),
                new PlannedStep.Action.Execute(context -> {
                    stages.fail(context.tenant(), document, failure);
                    return Outcome.of("{}");
                }))));
    }

    private static Failure failed(List<Step> steps) {
        return steps.stream()
                .map(step -> step.outcome().failure())
                .filter(java.util.Objects::nonNull)
                .reduce((first, second) -> second)
                .orElse(new Failure(Reason.TOOK_TOO_LONG.code(), "It took longer than 30 minutes"));
    }
}
