package dev.wheelhouse.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.approvals.Condition;
import dev.wheelhouse.approvals.Decision;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.models.ToolRequest;
import dev.wheelhouse.runs.Effect;
import dev.wheelhouse.runs.PlannedStep;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Step;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The approval that a call needs. It is determined once, when the model's answer is committed, and is part
/// of that answer: later changes to the rules do not affect runs in progress.
record ApprovalNeed(String message, String rule, Duration expires, String otherwise, boolean notRequester) {

    /// Our own tools whose results come from the platform, or from whoever asked.
    /// What is remembered was written by the user, or saved before anything of others was read, or approved.
    private static final Set<String> TRUSTED = Set.of(
            "clock",
            "calculator",
            "wait",
            "ask_person",
            "notes_write",
            "notes_list",
            "memory_save",
            "memory_search",
            "memory_forget");

    /// The strictest of the rules that apply, or null if none does.
    static @Nullable ApprovalNeed of(
            List<Definition.Approval> rules, ToolRequest request, Effect effect, Map<String, Object> run) {
        if (rules.isEmpty()) {
            return null;
        }
        var tool = Map.of("name", request.tool(), "effect", effect.word());
        var args = Json.read(Turn.json(request.arguments()));
        var apply = rules.stream()
                .filter(rule -> Condition.of(rule.when()).holds(tool, args, run))
                .toList();
        return apply.isEmpty() ? null : strictest(apply);
    }

    private static ApprovalNeed strictest(List<Definition.Approval> rules) {
        return new ApprovalNeed(
                rules.stream()
                        .map(Definition.Approval::message)
                        .filter(message -> !message.isBlank())
                        .distinct()
                        .collect(Collectors.joining(". ")),
                rules.getFirst().when(),
                rules.stream()
                        .map(Definition.Approval::expires)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                rules.stream().allMatch(rule -> rule.otherwise().equals("approve")) ? "approve" : "reject",
                rules.stream().anyMatch(Definition.Approval::notRequester));
    }

    /// What rules can see of a run; `spent` is by unit.
    ///
    /// @param untrusted whether the run has read what somebody else wrote
    static Map<String, Object> facts(
            String agent, Run.Asker asker, String metadata, Map<String, Long> spent, boolean untrusted) {
        return Map.of(
                "untrusted",
                untrusted,
                "agent",
                agent,
                "requester",
                Objects.requireNonNullElse(asker.requester(), ""),
                "user",
                Objects.requireNonNullElse(asker.user(), ""),
                "labels",
                Json.mapper().convertValue(Json.read(metadata), Map.class),
                "spent",
                spent);
    }

    /// Whether a run has read what somebody else wrote, which may be meant to mislead it. Once it has, it
    /// stays so. What other agents answer counts too: nobody knows here what they have read.
    static boolean hasReadOthers(List<Step> steps) {
        return steps.stream()
                .anyMatch(step -> (step.kind().equals("tool") || step.kind().equals("agent"))
                        && !TRUSTED.contains(step.name())
                        && !step.outcome().hasFailed());
    }

    static @Nullable ApprovalNeed read(JsonNode call) {
        JsonNode need = call.get("approval");
        return need == null
                ? null
                : new ApprovalNeed(
                        need.path("message").asText(),
                        need.path("rule").asText(),
                        Duration.ofMillis(need.path("expiresMs").asLong()),
                        need.path("otherwise").asText(),
                        need.path("notRequester").asBoolean());
    }

    String json() {
        return node().put("expiresMs", expires.toMillis())
                .put("otherwise", otherwise)
                .put("notRequester", notRequester)
                .toString();
    }

    private ObjectNode node() {
        return Json.mapper().createObjectNode().put("message", message).put("rule", rule);
    }

    /// The action that asks for the approval.
    PlannedStep.Action ask(ToolRequest request, Effect effect) {
        var question = node().put("kind", "tool").put("tool", request.tool()).put("effect", effect.word());
        question.set("arguments", Json.read(Turn.json(request.arguments())));
        return new PlannedStep.Action.Ask(
                "tool", question.toString(), notRequester, expires, Decision.unanswered(otherwise));
    }
}
