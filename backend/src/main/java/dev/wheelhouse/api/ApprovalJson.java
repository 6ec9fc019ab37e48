package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.Approval;
import dev.wheelhouse.rest.JsonObject;
import org.jspecify.annotations.Nullable;

/// Approvals as clients see them.
final class ApprovalJson {

    private ApprovalJson() {}

    static String of(Approval approval) {
        var question = approval.question();
        var answer = approval.answer();
        return new JsonObject()
                .put("id", approval.id().toString())
                .put("run", approval.run().toString())
                .put("thread", approval.thread().toString())
                .put("agent", approval.agent())
                .put("step", approval.step())
                .put("kind", approval.kind())
                .put("state", approval.state())
                .raw("tool", text(question.get("tool")))
                .raw("effect", text(question.get("effect")))
                .raw("arguments", text(question.get("arguments")))
                .put("hash", approval.hash())
                .raw("original", text(question.get("original")))
                .put("message", question.path("message").asText())
                .raw("schema", text(question.get("schema")))
                .raw("options", text(question.get("options")))
                .raw("rule", text(question.get("rule")))
                .put("requester", approval.requester())
                .raw("notRequester", String.valueOf(approval.notRequester()))
                .time("createdAt", approval.createdAt())
                .time("expiresAt", approval.expiresAt())
                .raw("otherwise", otherwise(approval))
                .put("decision", approval.decision())
                .put("decidedBy", approval.decidedBy())
                .time("decidedAt", approval.decidedAt())
                .raw("reason", answer == null ? null : text(answer.get("reason")))
                .raw("answer", answer == null ? null : text(answer.get("answer")))
                .put(
                        "replaces",
                        approval.replaces() == null ? null : approval.replaces().toString())
                .put("request", approval.request())
                .end();
    }

    private static @Nullable String otherwise(Approval approval) {
        return approval.expiresAt() == null || approval.otherwise() == null
                ? null
                : text(approval.otherwise().get("decision"));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.toString();
    }
}
