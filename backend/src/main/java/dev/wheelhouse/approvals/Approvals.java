package dev.wheelhouse.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Page;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.tenants.Caller;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lists what people are asked and takes their decisions.
@Singleton
public final class Approvals {

    private static final Set<String> ON_CALLS = Set.of("approve", "reject");
    private static final Set<String> ON_OUTCOMES = Set.of("happened", "again", "stop");

    private final ApprovalStore store;
    private final Questions questions;
    private final CheckForm form;
    private final List<ApprovalListener> listeners;

    Approvals(ApprovalStore store, Questions questions, CheckForm form, List<ApprovalListener> listeners) {
        this.form = form;
        this.store = store;
        this.questions = questions;
        this.listeners = listeners;
    }

    /// Newest first. `after` is a cursor from an earlier page, limit 1 to 200.
    public Page<Approval> list(TenantId tenant, ApprovalFilter filter, @Nullable String after, int limit) {
        return store.list(tenant, filter, after == null ? null : Page.cursor(after), limit);
    }

    /// The open ones, those first that expire first and those last that never do; the filter's state and run are not
    /// asked for. `after` is a cursor from an earlier page of the same order.
    public Page<Approval> soonest(TenantId tenant, ApprovalFilter filter, @Nullable String after, int limit) {
        return store.soonest(tenant, filter, after == null ? Expiry.FIRST : Expiry.of(after), limit);
    }

    /// How many are open; the filter's state and run are not asked for.
    public long countOpen(TenantId tenant, ApprovalFilter filter) {
        return store.countOpen(tenant, filter);
    }

    /// `not_found` if the tenant has no such question.
    public Approval get(TenantId tenant, UUID id) {
        return store.find(tenant, id)
                .orElseThrow(() -> new Problem(ErrorCode.NOT_FOUND, "There is no approval \"%s\"".formatted(id)));
    }

    /// The first decision counts. Refuses with `already_decided` where another came first or the question has
    /// expired, with `own_request` where somebody else has to decide, with `conflict` where the question has
    /// changed since it was shown, with `invalid_arguments` where arguments or an answer do not fit what was
    /// asked for. Arguments that differ from those asked about open a new question, which is what is
    /// returned.
    public Approval decide(Caller caller, UUID id, Decision decision) {
        var approval = get(caller.tenant(), id);
        form.check(caller.tenant(), approval, decision);
        check(caller, approval, decision);
        boolean isDone = isEdit(approval, decision)
                ? edit(caller, approval, decision)
                : questions.answer(
                        caller.tenant(), id, state(decision), answer(caller, approval, decision), caller.name());
        if (!isDone) {
            throw tooLate(get(caller.tenant(), id));
        }
        var decided = get(caller.tenant(), id);
        tell(decided);
        return isEdit(approval, decision) ? store.successor(caller.tenant(), id).orElseThrow() : decided;
    }

    /// An edited question is one that ends and one that opens.
    private void tell(Approval decided) {
        boolean isEdited = decided.standing() == Questions.State.EDITED;
        String outcome = isEdited ? "edited" : String.valueOf(decided.decision());
        var at = decided.decidedAt() == null ? decided.createdAt() : decided.decidedAt();
        for (var listener : listeners) {
            listener.decided(decided.tenant(), decided.kind(), outcome, Duration.between(decided.createdAt(), at));
            if (isEdited) {
                listener.opened(decided.tenant(), decided.kind());
            }
        }
    }

    private static void check(Caller caller, Approval approval, Decision decision) {
        var known = approval.kind().equals("outcome") ? ON_OUTCOMES : ON_CALLS;
        if (!known.contains(decision.decision())) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "Unknown decision \"%s\"".formatted(Text.shorten(decision.decision(), 40)),
                    Suggest.hint(decision.decision(), known));
        }
        if (!approval.isOpen()) {
            throw tooLate(approval);
        }
        if (approval.notRequester() && isRequester(caller, approval)) {
            throw new Problem(
                    ErrorCode.OWN_REQUEST,
                    "\"%s\" asked for this run, so somebody else has to decide".formatted(caller.name()),
                    "Decide with another key");
        }
        if (decision.hash() != null && !decision.hash().equals(approval.hash())) {
            throw new Problem(
                    ErrorCode.CONFLICT,
                    "The question has changed since it was shown: its hash is now \"%s\"".formatted(approval.hash()),
                    "Read it again before you decide");
        }
    }

    /// Without keys nobody can be told from the requester.
    private static boolean isRequester(Caller caller, Approval approval) {
        return caller.key() == null || caller.key().equals(approval.key());
    }

    private static boolean isEdit(Approval approval, Decision decision) {
        return approval.kind().equals("tool")
                && decision.decision().equals("approve")
                && decision.arguments() != null
                && !decision.arguments().equals(approval.question().path("arguments"));
    }

    /// Arguments that nobody has approved are rejected in the end, whatever would have counted for the old ones.
    private boolean edit(Caller caller, Approval approval, Decision decision) {
        return questions.replace(
                caller.tenant(),
                approval.id(),
                Ids.next(),
                edited(approval, decision),
                Decision.unanswered("reject"),
                caller.name());
    }

    private static String edited(Approval approval, Decision decision) {
        ObjectNode question = approval.question().deepCopy();
        if (!question.has("original")) {
            question.set("original", question.path("arguments"));
        }
        return question.set("arguments", decision.arguments()).toString();
    }

    private static Questions.State state(Decision decision) {
        return Set.of("reject", "stop").contains(decision.decision())
                ? Questions.State.REJECTED
                : Questions.State.APPROVED;
    }

    private static String answer(Caller caller, Approval approval, Decision decision) {
        var answer = Json.mapper().createObjectNode();
        answer.put("decision", decision.decision());
        answer.put("by", caller.name());
        if (decision.reason() != null) {
            answer.put("reason", decision.reason());
        }
        if (decision.answer() != null) {
            answer.set("answer", decision.answer());
        }
        if (approval.question().has("original")) {
            answer.set("arguments", approval.question().path("arguments"));
        }
        return Text.storable(answer.toString());
    }

    private static Problem tooLate(Approval approval) {
        String what =
                switch (approval.standing()) {
                    case EXPIRED -> "It expired at %s".formatted(approval.expiresAt());
                    case WITHDRAWN -> "Its run has ended";
                    case OPEN -> "It has expired or its run has ended";
                    case EDITED ->
                        "%s edited it at %s, so a new request replaced it"
                                .formatted(approval.decidedBy(), approval.decidedAt());
                    case APPROVED, REJECTED ->
                        "%s decided \"%s\" at %s"
                                .formatted(approval.decidedBy(), approval.decision(), approval.decidedAt());
                };
        return new Problem(ErrorCode.ALREADY_DECIDED, what, "Look at the run, which has continued");
    }
}
