package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.models.ModelCall;
import dev.wheelhouse.runs.History;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.runs.Step;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What models were sent, rebuilt from the logs of runs.
///
/// A request is not stored: the steps before it, the agent's revision and the thread's earlier turns say what it was.
/// What they do not say, and what may have changed since, is how tools describe themselves; a [SentMark] in the step
/// tells whether the request is still the one that was sent.
@Singleton
public final class StepRequests {

    private final AgentPrograms programs;
    private final Runs runs;

    StepRequests(AgentPrograms programs, Runs runs) {
        this.programs = programs;
        this.runs = runs;
    }

    /// @param call with the hashes of pictures in place of their bytes
    /// @param isSame whether it is what the provider got, to the letter; null where nobody knows: the model has not
    ///     answered, or an earlier version asked it
    public record StepRequest(ModelCall call, @Nullable Boolean isSame) {}

    /// Throws `not_found` where the run has no such step, and `conflict` where that asked no model.
    public StepRequest of(Run run, int number) throws InterruptedException {
        var history = run.program().kind().equals(Agents.KIND) ? runs.history(run) : null;
        if (history == null) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "Run \"%s\" is one of a %s, which asks no model itself"
                            .formatted(run.id(), run.program().kind()),
                    "Ask for a step of one of the runs that it called");
        }
        var step = history.steps().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElse(null);
        boolean isAsking = !run.state().isEnded() && number == history.steps().size() + 1;
        boolean hasAsked = step == null ? isAsking : isModel(step);
        var planned = hasAsked ? programs.loop(run).request(before(history, number)) : null;
        if (planned == null) {
            throw noRequest(run, step, number, history.steps());
        }
        return held(planned, step == null ? null : SentMark.of(step));
    }

    private static boolean isModel(Step step) {
        return step.kind().equals("model");
    }

    /// As the run was when the step was planned.
    private static History before(History history, int number) {
        var steps =
                history.steps().stream().filter(step -> step.number() < number).toList();
        var takeovers = history.takeovers().stream()
                .filter(committed -> committed < number)
                .toList();
        return new History(history.run(), steps, List.of(), Duration.ZERO, takeovers);
    }

    private StepRequest held(ModelCall planned, @Nullable SentMark mark) throws InterruptedException {
        Integer most = mark == null ? null : mark.maxOutputTokens();
        var call = most == null ? planned : planned.within(most, planned.budget());
        var shown = programs.shown(call);
        return new StepRequest(
                shown.call(), mark == null ? null : shown.digest().equals(mark.digest()));
    }

    private static Problem noRequest(Run run, @Nullable Step step, int number, List<Step> steps) {
        String asked = steps.stream()
                .filter(StepRequests::isModel)
                .map(one -> Integer.toString(one.number()))
                .limit(20)
                .collect(Collectors.joining(", "));
        String hint = asked.isEmpty() ? "No step of it has asked a model yet" : "Steps that did: " + asked;
        return step == null
                ? new Problem(ErrorCode.NOT_FOUND, "Run \"%s\" has no step %d".formatted(run.id(), number), hint)
                : new Problem(
                        ErrorCode.CONFLICT,
                        "Step %d of run \"%s\" is a %s step, which asks no model"
                                .formatted(number, run.id(), step.kind()),
                        hint);
    }

    /// What a step remembers of its request, so that one rebuilt from the log can be held against it.
    ///
    /// @param digest of the call as it was sent
    /// @param maxOutputTokens the bound that a budget gave the answer; null where the agent and the run's limits
    ///     say it
    record SentMark(String digest, @Nullable Integer maxOutputTokens) {

        /// @param planned the call before a budget bounded it
        /// @param sent the same as the provider got it
        static SentMark of(ModelCall planned, ModelCall sent) {
            boolean isBounded = !Objects.equals(planned.maxOutputTokens(), sent.maxOutputTokens());
            return new SentMark(sent.digest(), isBounded ? sent.maxOutputTokens() : null);
        }

        /// Null where none is on record: the model did not answer, or an earlier version asked it.
        static @Nullable SentMark of(Step step) {
            var producer = step.outcome().producer();
            JsonNode sent = producer == null ? null : Json.read(producer).get("sent");
            if (sent == null) {
                return null;
            }
            JsonNode most = sent.get("maxOutputTokens");
            return new SentMark(sent.path("digest").asText(), most == null ? null : Integer.valueOf(most.asInt()));
        }

        String json() {
            return maxOutputTokens == null
                    ? "{\"digest\":\"%s\"}".formatted(digest)
                    : "{\"digest\":\"%s\",\"maxOutputTokens\":%d}".formatted(digest, maxOutputTokens);
        }
    }
}
