package dev.wheelhouse.openai;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.clients.RunOptions;
import dev.wheelhouse.clients.ToolChoice;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenAI's responses.
///
/// @param previous the id of the response that this one goes on from
/// @param cacheKey told back as it was given
/// @param safety likewise
/// @param annotations finds what the marks of an answer lead to
record ResponseForm(
        @Nullable String instructions,
        @Nullable String previous,
        @Nullable String cacheKey,
        @Nullable String safety,
        Annotations annotations)
        implements Reply.Form {

    @Override
    public Reply stream(Run run, Asked asked, FrameStream stream) {
        return new ResponseEvents(this, run, asked, stream);
    }

    @Override
    public String whole(Run run, Asked asked, WholeReply reply) {
        var ending = reply.ending();
        var output = new ArrayList<String>();
        if (!reply.text().isEmpty() || reply.calls().isEmpty()) {
            output.add(message(place(run, asked), reply.text(), annotations(run, reply.text()), "completed"));
        }
        reply.calls().forEach(call -> output.add(call(call, call.arguments(), "completed")));
        return resource(run, asked, status(ending), output, ending);
    }

    static Place place(Run run, Asked asked) {
        return new Place(run.id(), asked.results() == null ? 0 : asked.results().lastStep());
    }

    static String status(Reply.Ending ending) {
        return ending.finish() == Reply.Finish.LENGTH ? "incomplete" : "completed";
    }

    /// What the marks of a text lead to.
    String annotations(Run run, String text) {
        return annotations.of(run, text);
    }

    static String message(Place place, @Nullable String text, String annotations, String status) {
        return new JsonObject()
                .put("id", place.id(Place.MESSAGE))
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant")
                .raw("content", text == null ? "[]" : "[" + part(text, annotations) + "]")
                .end();
    }

    static String part(String text, String annotations) {
        return "{\"type\":\"output_text\",\"text\":" + Json.quote(text) + ",\"annotations\":" + annotations
                + ",\"logprobs\":[]}";
    }

    static String call(Reply.Call call, String arguments, String status) {
        return new JsonObject()
                .put("id", call.place().id(Place.FUNCTION_CALL))
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", call.id())
                .put("name", call.tool())
                .put("arguments", arguments)
                .end();
    }

    /// The whole resource, with every field that clients check for.
    ///
    /// @param ending null while it is in progress
    String resource(Run run, Asked asked, String status, List<String> output, Reply.@Nullable Ending ending) {
        var options = asked.options();
        boolean isOver = ending != null;
        boolean isCut = status.equals("incomplete");
        long created = run.createdAt().getEpochSecond();
        var json = new JsonObject()
                .put("id", place(run, asked).id(Place.RESPONSE))
                .put("object", "response")
                .put("created_at", created)
                .raw("completed_at", isOver ? Long.toString(System.currentTimeMillis() / 1000) : null)
                .put("status", status)
                .raw("background", "false")
                .raw("error", null)
                .raw("incomplete_details", isCut ? "{\"reason\":\"max_output_tokens\"}" : null)
                .put("instructions", instructions)
                .raw("max_output_tokens", text(options.maxOutputTokens()))
                .raw("max_tool_calls", null)
                .put("model", run.program().name())
                .raw("output", JsonObject.array(output))
                .put("parallel_tool_calls", !options.isOneCall())
                .put("previous_response_id", previous);
        return rest(json, asked, options)
                .raw("usage", ending == null ? null : usage(ending))
                .end();
    }

    private JsonObject rest(JsonObject json, Asked asked, RunOptions options) {
        return json.put("prompt_cache_key", cacheKey)
                .raw("reasoning", "{\"effort\":null,\"summary\":null}")
                .put("safety_identifier", safety)
                .put("service_tier", "default")
                .put("store", true)
                .raw("temperature", options.temperature() == null ? "1" : text(options.temperature()))
                .raw("text", "{\"format\":" + format(options) + "}")
                .raw("tool_choice", choice(options.choice()))
                .raw(
                        "tools",
                        JsonObject.array(options.tools().stream()
                                .map(tool -> new JsonObject()
                                        .put("type", "function")
                                        .put("name", tool.name())
                                        .put("description", tool.description())
                                        .raw("parameters", tool.schema().toString())
                                        .put("strict", false)
                                        .end())
                                .toList()))
                .put("top_logprobs", 0)
                .raw("top_p", "1")
                .raw("presence_penalty", "0")
                .raw("frequency_penalty", "0")
                .put("truncation", "disabled")
                .put("user", asked.user())
                .raw("metadata", asked.metadata());
    }

    private static String format(RunOptions options) {
        return options.schema() == null
                ? "{\"type\":\"text\"}"
                : new JsonObject()
                        .put("type", "json_schema")
                        .put("name", "output")
                        .put("description", (String) null)
                        .raw("schema", options.schema().toString())
                        .put("strict", true)
                        .end();
    }

    private static String choice(ToolChoice choice) {
        return switch (choice.how()) {
            case AUTO, NONE, REQUIRED -> Json.quote(choice.how().word());
            case NAMED -> "{\"type\":\"function\",\"name\":" + Json.quote(String.valueOf(choice.tool())) + "}";
        };
    }

    private static @Nullable String text(@Nullable Object number) {
        return number == null ? null : number.toString();
    }

    private static String usage(Reply.Ending ending) {
        return new JsonObject()
                .put("input_tokens", ending.input())
                .raw("input_tokens_details", "{\"cached_tokens\":" + ending.cached() + "}")
                .put("output_tokens", ending.output())
                .raw("output_tokens_details", "{\"reasoning_tokens\":0}")
                .put("total_tokens", ending.input() + ending.output())
                .end();
    }
}
