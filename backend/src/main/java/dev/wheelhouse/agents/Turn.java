package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.agents.StepRequests.SentMark;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clients.ClientTools;
import dev.wheelhouse.clients.ClientWish;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.models.ModelMessage;
import dev.wheelhouse.models.ModelReply;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Askers;
import dev.wheelhouse.runs.Failure;
import dev.wheelhouse.runs.Outcome;
import dev.wheelhouse.runs.Step;
import dev.wheelhouse.runs.Usage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A model's answer and the results of its tool calls, read from the committed steps; and the form in which an answer
/// is committed: `{"text":…,"toolCalls":[{"id":…,"name":…,"arguments":…}],"finish":…}`, no `toolCalls` if there are
/// none, no `finish` if it is the expected one (`tool_calls` with calls, `stop` without), and an `approval` in each
/// call that needs one, `thoughts` for what the model let be seen of how it came to it, and `kept` for what its
/// provider wants back with it. Thoughts are for people: no model sees them again. Who answered stands beside it,
/// with a [SentMark] of what was sent.
///
/// @param wanted the calls that the answer requests
/// @param needs the approval that each of them needs, null for none
/// @param results the steps of the calls and of their approvals
/// @param answer how it stands as the run's answer, null where it requests calls or failed
record Turn(
        Step step,
        String text,
        List<ToolRequest> wanted,
        List<@Nullable ApprovalNeed> needs,
        List<Step> results,
        @Nullable Failure failure,
        AnswerForm.@Nullable Read answer) {

    /// How an answer ends that reached the token limit.
    static final String CUT = "\"finish\":\"length\"}";

    private static final String KEPT = ",\"kept\":{\"source\":";
    private static final int LONGEST_KEPT = 200_000;
    private static final int LONGEST_THOUGHTS = 100_000;
    private static final int DEEPEST = 32;
    private static final int LONGEST = 1_000_000;

    int number() {
        return step.number();
    }

    /// What the model is told of this answer, null where it is not sent back.
    ModelMessage.@Nullable User correction() {
        return answer == null ? null : answer.correction();
    }

    /// Every requested call has its result.
    boolean isDone() {
        return done().size() >= wanted.size();
    }

    /// The results of the calls, without the approvals.
    List<Step> done() {
        return results.stream()
                .filter(result -> !result.kind().equals("decision"))
                .toList();
    }

    /// How many steps its calls take: one each, and one for each approval.
    int steps() {
        return wanted.size() + (int) needs.stream().filter(Objects::nonNull).count();
    }

    /// As it was before any of its calls was executed.
    Turn withoutResults() {
        return new Turn(step, text, wanted, needs, List.of(), failure, answer);
    }

    /// Why a call of this answer could not be paid for, null if all could.
    @Nullable
    Failure overBudget() {
        return results.stream()
                .filter(result -> result.kind().equals("tool"))
                .map(result -> result.outcome().failure())
                .filter(why -> why != null && why.code().equals(StepBudget.OVER))
                .findFirst()
                .orElse(null);
    }

    /// @param known the answers read before, by number: a committed step does not change, and reading one is work
    /// @param form that of the run's answer
    static List<Turn> of(List<Step> steps, Map<Integer, Turn> known, AnswerForm form) {
        var askers = Askers.of(steps);
        var turns = new LinkedHashMap<Integer, Turn>();
        for (var step : steps) {
            var asker = turns.get(askers.of(step.number()));
            if (asker == null) {
                turns.put(step.number(), read(step, known, form));
            } else {
                asker.results().add(step);
            }
        }
        return List.copyOf(turns.values());
    }

    private static Turn read(Step step, Map<Integer, Turn> known, AnswerForm form) {
        var before = known.get(step.number());
        var turn = before != null && before.step() == step ? before : read(step, form);
        if (turn != before) {
            known.put(step.number(), turn);
        }
        return new Turn(step, turn.text, turn.wanted, turn.needs, new ArrayList<>(), turn.failure, turn.answer);
    }

    private static Turn read(Step step, AnswerForm form) {
        var failure = step.outcome().failure();
        if (failure != null) {
            return new Turn(step, "", List.of(), List.of(), List.of(), failure, null);
        }
        JsonNode output = Json.read(String.valueOf(step.outcome().output()));
        var wanted = new ArrayList<ToolRequest>();
        var needs = new ArrayList<@Nullable ApprovalNeed>();
        for (var call : output.path("toolCalls")) {
            JsonNode arguments = call.path("arguments");
            wanted.add(new ToolRequest(
                    call.path("id").asText(),
                    call.path("name").asText(),
                    arguments.isTextual() ? arguments.asText() : Json.write(arguments)));
            needs.add(ApprovalNeed.read(call));
        }
        String text = output.path("text").asText();
        var answer = wanted.isEmpty() ? form.read(text) : null;
        return new Turn(step, text, wanted, needs, List.of(), null, answer);
    }

    /// What the model's provider wants back with this answer, null if nothing.
    ModelMessage.@Nullable Kept kept() {
        var output = step.outcome().output();
        if (output == null || !output.contains(KEPT)) {
            return null;
        }
        var kept = Json.read(output).path("kept");
        return kept.isObject()
                ? new ModelMessage.Kept(kept.path("source").asText(), Json.write(kept.path("json")))
                : null;
    }

    /// The model reached its token limit before it was done.
    boolean isCut() {
        var output = step.outcome().output();
        return output != null && output.endsWith(CUT);
    }

    /// An answer that cannot be read back from the log would block the run forever, so that is tried here.
    ///
    /// @param needs the approval that each of its calls needs
    static Outcome outcome(ModelReply reply, SentMark sent, Function<ToolRequest, @Nullable ApprovalNeed> needs) {
        var outcome = written(reply, sent, needs);
        String json = String.valueOf(outcome.output());
        if (json.length() > LONGEST) {
            return tooMuch(outcome, "it has %,d characters".formatted(json.length()));
        }
        try {
            Json.read(json);
            return outcome;
        } catch (Problem e) {
            return tooMuch(outcome, e.message());
        }
    }

    private static Outcome tooMuch(Outcome outcome, String why) {
        var failure =
                new Failure("bad_answer", "The model's answer cannot be stored: " + why, "Ask for a shorter answer");
        return new Outcome(null, failure, outcome.usage(), outcome.producer());
    }

    private static Outcome written(
            ModelReply reply, SentMark sent, Function<ToolRequest, @Nullable ApprovalNeed> needs) {
        var json = new StringBuilder("{\"text\":").append(Json.quote(reply.text()));
        String comma = ",\"toolCalls\":[";
        for (var call : reply.toolCalls()) {
            json.append(comma)
                    .append("{\"id\":")
                    .append(Json.quote(call.id()))
                    .append(",\"name\":")
                    .append(Json.quote(call.tool()))
                    .append(",\"arguments\":")
                    .append(json(call.arguments()));
            var need = needs.apply(call);
            json.append(need == null ? "}" : ",\"approval\":" + need.json() + "}");
            comma = ",";
        }
        boolean calls = !reply.toolCalls().isEmpty();
        json.append(calls ? "]" : "");
        if (!reply.thoughts().isEmpty()) {
            json.append(",\"thoughts\":").append(Json.quote(Text.shorten(reply.thoughts(), LONGEST_THOUGHTS)));
        }
        var kept = reply.kept();
        if (kept != null && kept.json().length() <= LONGEST_KEPT) {
            json.append(KEPT)
                    .append(Json.quote(kept.source()))
                    .append(",\"json\":")
                    .append(kept.json())
                    .append('}');
        }
        if (!reply.finish().equals(calls ? "tool_calls" : "stop")) {
            json.append(",\"finish\":").append(Json.quote(reply.finish()));
        }
        json.append('}');
        var use = reply.use();
        return new Outcome(
                json.toString(),
                null,
                new Usage(use.input(), use.cached(), use.output(), reply.costMicroUnits()),
                producer(reply, sent));
    }

    /// Who gave the answer, and that its tokens are a guess where they are.
    private static String producer(ModelReply reply, SentMark sent) {
        return "{\"provider\":%s,\"name\":%s%s,\"sent\":%s}"
                .formatted(
                        Json.quote(reply.provider()),
                        Json.quote(reply.name()),
                        reply.counted() ? "" : ",\"tokensGuessed\":true",
                        sent.json());
    }

    /// Arguments as the model wrote them, or as a JSON string where they are not JSON or too deeply nested for the log.
    static String json(String arguments) {
        if (arguments.isBlank()) {
            return "{}";
        }
        try {
            var node = Json.read(arguments);
            return Json.depth(node) <= DEEPEST ? Json.write(node) : Json.quote(arguments);
        } catch (Problem e) {
            return Json.quote(arguments);
        }
    }

    /// What the client wants of the next answer. Options may come anew with the results of its tools.
    static ClientWish wish(RunOptions first, List<Turn> turns) {
        for (var turn : turns.reversed()) {
            for (var step : turn.done()) {
                String options = step.kind().equals(ClientTools.KIND) ? ClientTools.options(step) : null;
                if (options != null) {
                    return new ClientWish(RunOptions.of(options), turn == turns.getLast());
                }
            }
        }
        return new ClientWish(first, turns.stream().allMatch(turn -> turn.failure() != null));
    }

    /// Its client took the calls for the answer, and sent no result.
    boolean isClientGone() {
        return done().stream()
                .anyMatch(step -> step.kind().equals(ClientTools.KIND) && ClientTools.result(step) == null);
    }

    /// What a step that has not failed tells the model.
    static String said(Step step) {
        String result = step.kind().equals(ClientTools.KIND) ? ClientTools.result(step) : null;
        return result == null ? String.valueOf(step.outcome().output()) : result;
    }

    static String sentence(Failure failure) {
        return failure.hint() == null ? failure.message() : failure.message() + ". " + failure.hint();
    }
}
