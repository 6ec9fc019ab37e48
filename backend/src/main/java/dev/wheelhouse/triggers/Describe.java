package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.approvals.Announcing;
import dev.wheelhouse.approvals.Approval;
import dev.wheelhouse.approvals.Approvals;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a notice is about, as those see it who filter by it or are told of it.
@Singleton
public final class Describe {

    private static final int LONGEST_OUTPUT = 100_000;

    /// What happened.
    ///
    /// @param run that it is about, null where it is about none
    /// @param event `type`, `at`, and `run`, `approval` or `budget`
    public record Described(@Nullable Run run, ObjectNode event) {}

    private final Runs runs;
    private final Approvals approvals;
    private final Announcing announcing;

    Describe(Runs runs, Approvals approvals, Announcing announcing) {
        this.runs = runs;
        this.approvals = approvals;
        this.announcing = announcing;
    }

    /// Empty where what it is about is not there any more.
    public Optional<Described> of(Notice notice) {
        var event = Json.mapper()
                .createObjectNode()
                .put("type", notice.type())
                .put("at", notice.at().toString())
                .put("tenant", notice.tenant().name());
        var run = notice.run() == null ? null : run(notice.tenant(), notice.run());
        if (notice.run() != null && run == null) {
            return Optional.empty();
        }
        if (run != null) {
            event.set("run", of(run));
        }
        if (notice.type().startsWith("approval.")) {
            var approval = approval(notice.tenant(), java.util.Objects.requireNonNull(notice.subject()));
            if (approval == null) {
                return Optional.empty();
            }
            event.set("approval", describe(approval));
        }
        if (notice.data() != null) {
            event.setAll((ObjectNode) Json.read(notice.data()));
        }
        return Optional.of(new Described(run, event));
    }

    private @Nullable Run run(TenantId tenant, UUID run) {
        return runs.find(tenant, new RunId(run)).orElse(null);
    }

    private @Nullable Approval approval(TenantId tenant, UUID approval) {
        try {
            return approvals.get(tenant, approval);
        } catch (Problem e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static JsonNode of(Run run) {
        var json = Json.mapper()
                .createObjectNode()
                .put("id", run.id().toString())
                .put("kind", run.program().kind())
                .put("name", run.program().name())
                .put("state", run.state().word())
                .put("thread", run.thread().toString())
                .put("called", run.parent() != null)
                .put("createdAt", run.createdAt().toString())
                .put("output", run.output() == null ? null : Text.shorten(run.output(), LONGEST_OUTPUT));
        json.set("metadata", Json.read(run.metadata()));
        var failure = run.failure();
        if (failure == null) {
            return json.putNull("error");
        }
        json.putObject("error").put("code", failure.code()).put("message", failure.message());
        return json;
    }

    private JsonNode describe(Approval approval) {
        return Json.mapper()
                .createObjectNode()
                .put("id", approval.id().toString())
                .put("kind", approval.kind())
                .put("state", approval.state())
                .put("tool", approval.question().path("tool").asText(""))
                // A rule's message is the builder's; a question's is the model's, and stays here.
                .put(
                        "message",
                        approval.kind().equals("tool")
                                ? approval.question().path("message").asText("")
                                : "")
                .put("requester", approval.requester())
                .put(
                        "expiresAt",
                        approval.expiresAt() == null
                                ? null
                                : approval.expiresAt().toString())
                .put("url", announcing.link(approval.id()))
                .put("decision", approval.decision())
                .put("decidedBy", approval.decidedBy());
    }
}
