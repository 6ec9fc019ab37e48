package dev.wheelhouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.http.StartRuns;
import dev.wheelhouse.reruns.Fork;
import dev.wheelhouse.reruns.Reruns;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.rest.RunJson;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs made from a run, and two runs side by side.
@Controller(value = "/api/v1/runs/{id}", produces = MediaType.ALL)
final class RerunsController {

    private static final int MOST_STEPS = 1_000_000;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final Runs runs;
    private final Reruns reruns;

    RerunsController(Runs runs, Reruns reruns) {
        this.runs = runs;
        this.reruns = reruns;
    }

    @Post("/retry")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> retry(
            Caller caller, String id, HttpHeaders headers, @Body @io.micronaut.core.annotation.Nullable byte[] body) {
        var origin = runs.get(caller.tenant(), RunId.parse(id));
        var fields = Fields.of(orNothing(body), Set.of("step"));
        Integer step = fields.numberOrNull("step", 1, MOST_STEPS);
        fields.check();
        return created(reruns.retry(caller.tenant(), origin.id(), step, asker(caller, origin), key(headers)));
    }

    @Post("/fork")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> fork(Caller caller, String id, HttpHeaders headers, @Body byte @Nullable [] body) {
        var origin = runs.get(caller.tenant(), RunId.parse(id));
        var fields = Fields.of(body, Set.of("step", "input", "edits", "agent", "revision"));
        Integer step = fields.numberOrNull("step", 0, MOST_STEPS);
        if (!fields.has("step")) {
            fields.refuse("step", "\"step\" is missing", "Send how many steps are kept, 0 for none");
        }
        String input = fields.has("input") ? StartRuns.json(RunFields.input(fields)) : null;
        var edits = edits(fields);
        String agent = fields.textOrNull("agent", 100);
        Integer revision = fields.numberOrNull("revision", 1, Integer.MAX_VALUE);
        fields.check();
        return created(reruns.fork(
                caller.tenant(),
                new Fork(
                        origin.id(),
                        step == null ? 0 : step,
                        input,
                        edits,
                        agent,
                        revision,
                        asker(caller, origin),
                        key(headers))));
    }

    private static List<Fork.Edit> edits(Fields fields) {
        var edits = new ArrayList<Fork.Edit>();
        for (var edit : fields.objects("edits", Set.of("step", "output"))) {
            Integer step = edit.numberOrNull("step", 1, MOST_STEPS);
            JsonNode output = edit.node("output");
            if (!edit.has("step")) {
                edit.refuse("step", "\"step\" is missing", "Name the kept step whose output is another");
            }
            if (output == null) {
                edit.refuse(
                        "output", "\"output\" is missing", "Send what the step is to have put out, any JSON but null");
            }
            if (step != null && output != null) {
                edits.add(new Fork.Edit(step, output.toString()));
            }
        }
        return edits;
    }

    @Post("/replay")
    @RequiresScope(Scope.RUN)
    HttpResponse<String> replay(
            Caller caller, String id, HttpHeaders headers, @Body @io.micronaut.core.annotation.Nullable byte[] body) {
        var origin = runs.get(caller.tenant(), RunId.parse(id));
        var fields = Fields.of(orNothing(body), Set.of("agent", "revision"));
        String agent = fields.textOrNull("agent", 100);
        Integer revision = isDraft(fields)
                ? Integer.valueOf(reruns.draft(caller.tenant(), origin.id(), agent))
                : fields.numberOrNull("revision", 1, Integer.MAX_VALUE);
        fields.check();
        return created(
                reruns.replay(caller.tenant(), origin.id(), agent, revision, asker(caller, origin), key(headers)));
    }

    private static boolean isDraft(Fields fields) {
        return fields.node("revision") instanceof JsonNode node && node.asText().equals("draft");
    }

    @Get("/compare/{other}")
    @RequiresScope(Scope.READ)
    HttpResponse<String> compare(Caller caller, String id, String other) {
        var left = runs.get(caller.tenant(), RunId.parse(id));
        var right = runs.get(caller.tenant(), RunId.parse(other));
        var ours = steps(left);
        var theirs = steps(right);
        var pairs = reruns.compare(caller.tenant(), left.id(), right.id()).stream()
                .map(pair -> new JsonObject()
                        .raw("left", pair.left() == null ? null : ours.get(pair.left()))
                        .raw("right", pair.right() == null ? null : theirs.get(pair.right()))
                        .put("same", pair.isSame())
                        .raw("differs", JsonObject.words(pair.differs()))
                        .end())
                .toList();
        return JsonResponse.json(new JsonObject()
                .raw("left", RunJson.of(left))
                .raw("right", RunJson.of(right))
                .raw("steps", JsonObject.array(pairs))
                .end());
    }

    private Map<Integer, String> steps(Run run) {
        var steps = new HashMap<Integer, String>();
        for (String step : runs.steps(run.tenant(), run.id())) {
            steps.put(Json.read(step).path("number").asInt(), step);
        }
        return steps;
    }

    private static byte[] orNothing(byte @Nullable [] body) {
        return body == null || body.length == 0 ? NOTHING : body;
    }

    private static Run.Asker asker(Caller caller, Run origin) {
        return StartRuns.asker(caller, origin.asker().user());
    }

    private static @Nullable String key(HttpHeaders headers) {
        return StartRuns.idempotencyKey(headers.get("Idempotency-Key"));
    }

    private static HttpResponse<String> created(Run run) {
        return JsonResponse.created("/api/v1/runs/" + run.id(), RunJson.of(run));
    }
}
