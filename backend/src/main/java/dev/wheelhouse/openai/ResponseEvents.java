package dev.wheelhouse.openai;

import dev.wheelhouse.http.Frames;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.streams.FrameStream;
import java.util.ArrayList;
import java.util.List;

/// A reply as the events of a response, numbered without a gap. After a failure the connection breaks off.
final class ResponseEvents implements Reply {

    private final ResponseForm form;
    private final Run run;
    private final Asked asked;
    private final FrameStream stream;
    private final Place place;
    private final StringBuilder text = new StringBuilder();
    private final List<String> output = new ArrayList<>();
    private int number;
    private boolean isBegun;
    private boolean isTalking;

    ResponseEvents(ResponseForm form, Run run, Asked asked, FrameStream stream) {
        this.form = form;
        this.run = run;
        this.asked = asked;
        this.stream = stream;
        this.place = ResponseForm.place(run, asked);
    }

    @Override
    public void text(String added) {
        begin();
        talk();
        text.append(added);
        send("response.output_text.delta", part().put("delta", added).raw("logprobs", "[]"));
    }

    @Override
    public void calls(List<Call> calls) {
        begin();
        hush();
        for (var call : calls) {
            String item = call.place().id(Place.FUNCTION_CALL);
            int at = output.size();
            send("response.output_item.added", at(at).raw("item", ResponseForm.call(call, "", "in_progress")));
            send(
                    "response.function_call_arguments.delta",
                    at(at).put("item_id", item).put("delta", call.arguments()));
            send(
                    "response.function_call_arguments.done",
                    at(at).put("item_id", item).put("name", call.tool()).put("arguments", call.arguments()));
            output.add(ResponseForm.call(call, call.arguments(), "completed"));
            send("response.output_item.done", at(at).raw("item", output.getLast()));
        }
    }

    @Override
    public void end(Ending ending) {
        begin();
        if (output.isEmpty()) {
            talk();
        }
        hush();
        String status = ResponseForm.status(ending);
        send("response." + status, response(status, ending));
        stream.complete();
    }

    @Override
    public void fail(Unanswered why) {
        // The form of the event, and inside it what clients look for in every other stream.
        send(
                "error",
                new JsonObject()
                        .put("code", why.code())
                        .put("message", why.message())
                        .raw("param", null)
                        .raw("error", why.error()));
        stream.cut();
    }

    private void begin() {
        if (!isBegun) {
            isBegun = true;
            send("response.created", response("in_progress", null));
            send("response.in_progress", response("in_progress", null));
        }
    }

    private JsonObject response(String status, @org.jspecify.annotations.Nullable Ending ending) {
        return new JsonObject().raw("response", form.resource(run, asked, status, output, ending));
    }

    private void talk() {
        if (!isTalking) {
            isTalking = true;
            send(
                    "response.output_item.added",
                    at(0).raw("item", ResponseForm.message(place, null, Annotations.NONE, "in_progress")));
            send("response.content_part.added", part().raw("part", ResponseForm.part("", Annotations.NONE)));
        }
    }

    /// The message is whole.
    private void hush() {
        if (isTalking) {
            isTalking = false;
            String all = text.toString();
            String annotations = form.annotations(run, all);
            send("response.output_text.done", part().put("text", all).raw("logprobs", "[]"));
            send("response.content_part.done", part().raw("part", ResponseForm.part(all, annotations)));
            output.add(ResponseForm.message(place, all, annotations, "completed"));
            send("response.output_item.done", at(0).raw("item", output.getLast()));
        }
    }

    private JsonObject at(int index) {
        return new JsonObject().put("output_index", index);
    }

    private JsonObject part() {
        return at(0).put("item_id", place.id(Place.MESSAGE)).put("content_index", 0);
    }

    private void send(String type, JsonObject event) {
        stream.offer(Frames.named(
                type, event.put("type", type).put("sequence_number", number++).end()));
    }
}
