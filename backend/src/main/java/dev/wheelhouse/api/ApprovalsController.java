package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.approvals.ApprovalFilter;
import dev.wheelhouse.approvals.Approvals;
import dev.wheelhouse.approvals.Decision;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.Paging;
import dev.wheelhouse.runs.Questions;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What runs ask people about, and the word that answers.
@Controller(value = "/api/v1/approvals", produces = MediaType.ALL)
final class ApprovalsController {

    private static final Set<String> STATES =
            Arrays.stream(Questions.State.values()).map(Questions.State::word).collect(Collectors.toSet());
    private static final Set<String> SORTS = Set.of("newest", "expiry");
    private static final int LONGEST_REASON = 2_000;

    private final Approvals approvals;

    ApprovalsController(Approvals approvals) {
        this.approvals = approvals;
    }

    @Get
    @RequiresScope(Scope.READ)
    HttpResponse<String> list(
            Caller caller,
            @QueryValue @Nullable String state,
            @QueryValue @Nullable String run,
            @QueryValue @Nullable String agent,
            @QueryValue @Nullable String tool,
            @QueryValue @Nullable String requester,
            @QueryValue @Nullable String sort,
            @QueryValue @Nullable String after,
            @QueryValue @Nullable String limit) {
        var filter = new ApprovalFilter(
                state == null ? null : state(state),
                run == null ? null : Ids.parse("run", run),
                agent,
                tool,
                requester);
        var page = isBySoonest(sort, filter)
                ? approvals.soonest(caller.tenant(), filter, after, Paging.limit(limit))
                : approvals.list(caller.tenant(), filter, after, Paging.limit(limit));
        return JsonResponse.json(Paging.json(page, ApprovalJson::of));
    }

    /// Only what is open expires.
    private static boolean isBySoonest(@Nullable String sort, ApprovalFilter filter) {
        if (sort != null && !SORTS.contains(sort)) {
            String shown = Text.shorten(sort, 40);
            throw new Problem(ErrorCode.BAD_REQUEST, "sort is \"%s\"".formatted(shown), Suggest.hint(shown, SORTS));
        }
        boolean isBySoonest = "expiry".equals(sort);
        if (isBySoonest && (filter.state() != Questions.State.OPEN || filter.run() != null)) {
            throw new Problem(
                    ErrorCode.BAD_REQUEST,
                    "sort is \"expiry\", which is for the open approvals of all runs",
                    "Add state=open and leave out run");
        }
        return isBySoonest;
    }

    @Get("/count")
    @RequiresScope(Scope.READ)
    HttpResponse<String> count(
            Caller caller,
            @QueryValue @Nullable String agent,
            @QueryValue @Nullable String tool,
            @QueryValue @Nullable String requester) {
        long open = approvals.countOpen(caller.tenant(), new ApprovalFilter(null, null, agent, tool, requester));
        return JsonResponse.json(new JsonObject().put("open", open).end());
    }

    private static Questions.State state(String word) {
        if (!STATES.contains(word)) {
            String shown = Text.shorten(word, 40);
            throw new Problem(ErrorCode.BAD_REQUEST, "state is \"%s\"".formatted(shown), Suggest.hint(shown, STATES));
        }
        return Questions.State.of(word);
    }

    @Get("/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> get(Caller caller, String id) {
        return JsonResponse.json(ApprovalJson.of(approvals.get(caller.tenant(), Ids.parse("approval", id))));
    }

    @Post("/{id}/decision")
    @RequiresScope(Scope.APPROVE)
    HttpResponse<String> decide(Caller caller, String id, @Body byte @Nullable [] body) {
        var approval = approvals.get(caller.tenant(), Ids.parse("approval", id));
        var fields = Fields.of(body, Set.of("decision", "reason", "arguments", "answer", "hash"));
        String word = fields.text("decision", 20);
        String reason = fields.textOrNull("reason", LONGEST_REASON);
        String hash = fields.textOrNull("hash", 64);
        JsonNode arguments = fields.node("arguments");
        if (arguments != null && !arguments.isObject()) {
            fields.refuse("arguments", "\"arguments\" must be an object", null);
        }
        fields.check();
        var decision = new Decision(word, reason, arguments, fields.node("answer"), hash);
        return JsonResponse.json(ApprovalJson.of(approvals.decide(caller, approval.id(), decision)));
    }
}
