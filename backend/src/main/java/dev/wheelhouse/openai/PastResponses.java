package dev.wheelhouse.openai;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clients.ClientTools;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.rest.JsonResponse;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Responses of before, read from the logs of their runs: nothing else is kept of them.
@Singleton
final class PastResponses {

    private final Runs runs;
    private final Annotations annotations;

    PastResponses(Runs runs, Annotations annotations) {
        this.runs = runs;
        this.annotations = annotations;
    }

    /// A response as its run's log tells it.
    private record Past(
            Run run,
            Asked asked,
            WholeReply reply,
            boolean isOver,
            @Nullable Unanswered failure) {}

    /// The conversation up to the end of a response, for going on from there.
    void add(TenantId tenant, String id, Talk talk, Fields fields) {
        var past = earlier(tenant, id);
        if (!past.isOver || past.failure != null) {
            fields.refuse(
                    "previous_response_id",
                    past.failure == null
                            ? "Response \"%s\" is not over".formatted(id)
                            : "Response \"%s\" has no answer: %s".formatted(id, past.failure.message()),
                    "Go on from a response that is over");
            return;
        }
        talk.before(String.valueOf(past.run.input()));
        var calls = past.reply.calls().stream()
                .map(call -> new Talk.ToolCall(call.id(), call.tool(), call.arguments()))
                .toList();
        if (calls.isEmpty()) {
            talk.assistant(past.reply.text());
        } else {
            talk.calls(past.reply.text(), calls);
        }
    }

    private Past earlier(TenantId tenant, String id) {
        try {
            return find(tenant, id);
        } catch (Problem e) {
            throw new Problem(
                    e.code(),
                    e.message(),
                    e.hint(),
                    List.of(Problem.Mistake.at("/previous_response_id", e.message(), e.hint())));
        }
    }

    /// What an item of a response was: a text of the model, or a call of a client's tool.
    record Item(@Nullable String text, Talk.@Nullable ToolCall call) {}

    /// An item of a response by its id, for clients that send references in place of what they were given.
    Optional<Item> item(TenantId tenant, String id) {
        var message = Place.read(Place.MESSAGE, id).filter(place -> isThere(tenant, place));
        if (message.isPresent()) {
            var past = find(tenant, message.get().id(Place.RESPONSE));
            return Optional.of(new Item(past.reply.text(), null));
        }
        return Place.read(Place.FUNCTION_CALL, id)
                .filter(place -> isThere(tenant, place))
                .flatMap(place -> call(tenant, place))
                .map(call -> new Item(null, call));
    }

    private boolean isThere(TenantId tenant, Place place) {
        return runs.find(tenant, place.run()).isPresent();
    }

    private Optional<Talk.ToolCall> call(TenantId tenant, Place place) {
        return runs.steps(tenant, place.run()).stream()
                .map(Json::read)
                .filter(step -> step.path("number").asInt() == place.step()
                        && step.path("kind").asText().equals(ClientTools.KIND))
                .map(step -> new Talk.ToolCall(
                        place.id(Place.CALL),
                        step.path("name").asText(),
                        step.path("input").path("arguments").asText()))
                .findFirst();
    }

    HttpResponse<?> response(TenantId tenant, String id) {
        var past = find(tenant, id);
        if (past.failure != null) {
            return past.failure.response();
        }
        var form = new ResponseForm(null, null, null, null, annotations);
        return JsonResponse.json(
                past.isOver
                        ? form.whole(past.run, past.asked, past.reply)
                        : form.resource(past.run, past.asked, "in_progress", List.of(), null));
    }

    private Past find(TenantId tenant, String id) {
        var place = Place.read(Place.RESPONSE, id).orElseThrow(() -> missing(id));
        var run = runs.find(tenant, place.run()).orElseThrow(() -> missing(id));
        var options = RunOptions.of(run.options());
        var results = place.step() == 0 ? null : new Asked.Results(run.id(), Map.of(place.step(), ""));
        var asked = new Asked(
                run.program().name(),
                List.of(),
                options,
                run.metadata(),
                run.asker().user(),
                false,
                true,
                results);
        var reply = new WholeReply();
        var following = new FollowRun(run, place.step(), options, true, false, reply);
        // What has happened is told before this returns.
        runs.watch(tenant, run.id(), 0, following).close();
        return new Past(run, asked, reply, following.isOver(), following.failure());
    }

    private static Problem missing(String id) {
        return new Problem(ErrorCode.NOT_FOUND, "There is no response \"%s\"".formatted(Text.shorten(id, 60)));
    }
}
