package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Next;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Program;
import dev.wheelhouse.runs.Step;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// Makes the vectors of a collection's next generation beside those that serve, then lets them serve. What has
/// become ready meanwhile is found by the last step, which sends it round again.
final class RebuildVectors implements Program {

    private static final String EMBED = Document.Stage.EMBED.word();
    private static final String ADOPT = "adopt";
    private static final String GIVE_UP = "give_up";

    private final UUID collection;
    private final UUID build;
    private final EmbedPassages passages;

    RebuildVectors(UUID collection, UUID build, EmbedPassages passages) {
        this.collection = collection;
        this.build = build;
        this.passages = passages;
    }

    @Override
    public Next next(History history) {
        var steps = history.steps();
        if (steps.isEmpty()) {
            return embed(history, 0);
        }
        var last = steps.getLast();
        if (last.kind().equals(GIVE_UP)) {
            return new Next.Fail(why(steps));
        }
        if (last.kind().equals(Waits.PAUSE)) {
            return embed(history, Waits.after(last));
        }
        var failure = last.outcome().failure();
        if (failure != null) {
            return Waits.isWorthIt(steps, failure)
                    ? Waits.pause(history, after(last), failure)
                    : step(history, GIVE_UP, 0, context -> passages.giveUp(context, collection, build));
        }
        var output = Json.read(String.valueOf(last.outcome().output()));
        if (last.kind().equals(EMBED)) {
            return output.path("left").asBoolean()
                    ? embed(history, output.path("last").asLong())
                    : step(history, ADOPT, 0, context -> passages.adopt(context, collection, build));
        }
        return output.path("missing").asInt() > 0
                ? embed(history, 0)
                : new Next.Succeed("Its passages are found by the new model");
    }

    private static long after(Step step) {
        return Json.read(String.valueOf(step.input())).path("after").asLong();
    }

    private static Failure why(List<Step> steps) {
        return steps.stream()
                .map(step -> step.outcome().failure())
                .filter(Objects::nonNull)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private Next embed(History history, long after) {
        return step(history, EMBED, after, context -> passages.next(context, collection, build, after));
    }

    private Next step(History history, String kind, long after, PlannedStep.Body body) {
        return new Next.Steps(List.of(new PlannedStep(
                history.steps().size() + 1,
                kind,
                "collection",
                null,
                Effect.KEYED,
                "{\"collection\":\"%s\",\"after\":%d}".formatted(collection, after),
                new PlannedStep.Action.Execute(body))));
    }
}
