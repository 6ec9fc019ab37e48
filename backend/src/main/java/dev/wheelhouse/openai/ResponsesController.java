package dev.wheelhouse.openai;

import dev.wheelhouse.agents.Agents;
import dev.wheelhouse.http.RequiresScope;
import dev.wheelhouse.http.RunFields;
import dev.wheelhouse.http.TakesAnyQuery;
import dev.wheelhouse.http.TakesPictures;
import dev.wheelhouse.rest.Fields;
import dev.wheelhouse.tenants.Caller;
import dev.wheelhouse.tenants.Scope;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import org.jspecify.annotations.Nullable;

/// Agents by OpenAI's responses, the newer of its two forms.
@TakesAnyQuery
@Controller(value = "/v1/responses", produces = MediaType.ALL)
final class ResponsesController {

    private final Agents agents;
    private final Replies replies;
    private final PastResponses past;
    private final Annotations annotations;

    ResponsesController(Agents agents, Replies replies, PastResponses past, Annotations annotations) {
        this.annotations = annotations;
        this.agents = agents;
        this.replies = replies;
        this.past = past;
    }

    @Post
    @TakesPictures
    @RequiresScope(Scope.RUN)
    HttpResponse<?> respond(Caller caller, HttpRequest<?> request, @Body byte @Nullable [] body)
            throws InterruptedException {
        var fields = Fields.openWithImages(body);
        var agent = AskedAgent.of(fields, agents, caller.tenant(), name -> replies.isAnswered(caller, name));
        String previous = fields.textOrNull("previous_response_id", 100);
        String instructions = fields.textOrNull("instructions", RunFields.LONGEST_TEXT);
        var talk = new Talk();
        if (previous != null) {
            past.add(caller.tenant(), previous, talk, fields);
        }
        if (instructions != null) {
            talk.instructions(instructions);
        }
        ReadItems.add(fields, talk, agent, id -> past.item(caller.tenant(), id));
        var options = ReadOptions.of(fields, false, "max_output_tokens");
        String metadata = RunFields.metadata(fields);
        String user = RunFields.user(fields);
        boolean streams = fields.flag("stream");
        String cacheKey = fields.textOrNull("prompt_cache_key", 500);
        String safety = fields.textOrNull("safety_identifier", 500);
        ClientFields.RESPONSE.check(fields);
        agent.check(fields);
        var asked = new Asked(agent.name(), talk.said(), options, metadata, user, streams, true, talk.results());
        var form = new ResponseForm(instructions, previous, cacheKey, safety, annotations);
        return replies.reply(caller, request, body == null ? new byte[0] : body, asked, form);
    }

    @Get("/{id}")
    @RequiresScope(Scope.READ)
    HttpResponse<?> response(Caller caller, String id) {
        return past.response(caller.tenant(), id);
    }
}
