package dev.wheelhouse.http;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.rest.JsonObject;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Events as JSON and as frames of a stream. The engine shows an event to all its watchers in a row, so the last
/// frame is kept: it is formatted once and shared.
public final class Frames {

    private record Last(Object of, int step, int offset, byte[] frame) {}

    /// The letters of a frame beside its data.
    private static final int AROUND = 192;

    private volatile @Nullable Last last;

    public static String json(RunEvent event) {
        return json(event, new StringBuilder(AROUND + event.data().length()));
    }

    /// The event behind what is there, and both together.
    private static String json(RunEvent event, StringBuilder to) {
        return new JsonObject(to)
                .put("seq", event.seq())
                .put("run", event.run().toString())
                .time("at", event.at())
                .put("type", event.type().word())
                .raw("data", oneLine(event.data()))
                .end();
    }

    byte[] event(RunEvent event) {
        var kept = last;
        if (kept != null && kept.of == event) {
            return kept.frame;
        }
        var head = new StringBuilder(AROUND + event.data().length())
                .append("id: ")
                .append(event.seq())
                .append("\nevent: ")
                .append(event.type().word())
                .append("\ndata: ");
        byte[] frame = bytes(json(event, head));
        last = new Last(event, 0, 0, frame);
        return frame;
    }

    byte[] delta(RunId run, int step, int offset, String text) {
        var kept = last;
        // The same String may be the text of two deltas, hence the place in the step.
        if (kept != null && kept.of == text && kept.step == step && kept.offset == offset) {
            return kept.frame;
        }
        byte[] frame = bytes("event: delta\ndata: {\"run\":\"" + run + "\",\"step\":" + step + ",\"offset\":" + offset
                + ",\"text\":" + Json.quote(text) + "}");
        last = new Last(text, step, offset, frame);
        return frame;
    }

    byte[] reset(RunId run, int step) {
        return bytes("event: delta.reset\ndata: {\"run\":\"" + run + "\",\"step\":" + step + "}");
    }

    byte[] running(RunId run, String step) {
        return bytes("event: step.running\ndata: {\"run\":\"" + run + "\",\"step\":" + oneLine(step) + "}");
    }

    /// A frame of nothing but data, as OpenAI's streams are made of.
    public static byte[] data(String json) {
        return bytes("data: " + json);
    }

    /// A frame whose event has a name.
    public static byte[] named(String event, String json) {
        return bytes("event: " + event + "\ndata: " + json);
    }

    static byte[] bytes(String frame) {
        return (frame + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /// A line break in JSON text can only be space between values, and would end the frame.
    private static String oneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }
}
