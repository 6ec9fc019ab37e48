package dev.wheelhouse.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the answer to a message in what a server sent, however it labels and lists it.
///
/// @param url of the server, for who reads what went wrong
record ReadAnswer(String url) {

    /// Whether it is a stream of events, whatever it is labelled as.
    static boolean beginsAsStream(BufferedInputStream in) throws IOException {
        in.mark(64);
        String start = new String(in.readNBytes(6), StandardCharsets.UTF_8);
        in.reset();
        return start.matches("(?s)(data:|event:|id:|retry:|:).*");
    }

    /// The first letter that is no space and no byte order mark, which is read again.
    static char first(BufferedInputStream in) throws IOException {
        in.mark(64);
        int letter = in.read();
        for (int at = 0; at < 60 && (letter == ' ' || letter == '\r' || letter == '\n' || letter > 127); at++) {
            letter = in.read();
        }
        in.reset();
        return letter < 0 ? 0 : (char) letter;
    }

    /// All of it as text, without the byte order mark. Refuses `most` bytes or more.
    String whole(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most);
        if (bytes.length == most) {
            throw tooLarge(most);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// Refuses what is no JSON.
    JsonNode parsed(String text) {
        try {
            return Json.readPictures(text);
        } catch (Problem e) {
            throw unclear("it sent what is not JSON: " + Text.shorten(text, 100));
        }
    }

    /// The answer to this message, also where the server lost its number or sends answers as a list.
    static @Nullable JsonNode in(JsonNode value, ObjectNode message) {
        var known = new HashMap<String, JsonNode>();
        for (var one : value.isArray() ? value : List.of(value)) {
            if (one.isObject() && !one.has("method") && (one.has("result") || one.has("error") || one.has("id"))) {
                known.putIfAbsent(one.path("id").asText("null"), one);
            }
        }
        var own = known.get(message.path("id").asText());
        return own != null ? own : known.get("null");
    }

    Problem unclear(String why) {
        return new Problem(
                ErrorCode.TOOL_FAILED,
                "\"%s\" was asked, but %s".formatted(url, why),
                "What was asked for may have happened: check that before asking again");
    }

    private Problem tooLarge(int most) {
        return new Problem(
                ErrorCode.TOOL_FAILED, "\"%s\" answered with more than %,d bytes".formatted(url, most), "Ask for less");
    }
}
