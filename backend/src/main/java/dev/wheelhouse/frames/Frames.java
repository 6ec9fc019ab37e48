package dev.wheelhouse.frames;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Cuts an answer into frames: server-sent events, one JSON value, or several in a row, by what comes and not by what
/// it is labelled as.
///
/// Read like a browser reads events, and a little more leniently: a byte order mark, all three ends of lines, no blank
/// line at the end or between events, JSON lines without `data:`, comments.
public final class Frames {

    /// @param event its name, empty without one
    /// @param json null where the text is not JSON
    public record Frame(String event, @Nullable JsonNode json, String text) {

        private static final Pattern DONE = Pattern.compile("\"?\\[?done]?\"?", Pattern.CASE_INSENSITIVE);

        /// The words with which a stream of OpenAI's kind ends.
        public boolean isDone() {
            return json == null && DONE.matcher(text).matches();
        }

        /// JSON that breaks off or never was any, as opposed to a word that keeps the connection open.
        public boolean isBroken() {
            return json == null && (text.startsWith("{") || text.startsWith("[")) && !isDone();
        }
    }

    private static final ObjectMapper JSON = Json.lenientMapper();
    private static final String DATA = "data:";
    private static final String LAST_WORD = "[DONE]";
    private static final int LONGEST_LINE = 4 << 20;
    private static final int START = 300;

    private final PushbackInputStream in;
    private final ArrayDeque<Frame> ready = new ArrayDeque<>();
    private final StringBuilder data = new StringBuilder();
    private final StringBuilder start = new StringBuilder();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private final byte[] buffer = new byte[8192];
    private int filled;
    private int at;
    private boolean hasBegun;
    private boolean afterReturn;
    private boolean isOver;
    private boolean isPage;
    private String event = "";
    private @Nullable JsonParser values;

    public Frames(InputStream in) {
        this.in = new PushbackInputStream(in, 16);
    }

    /// How the body begins, for messages about what is no answer.
    public String start() {
        return start.toString().strip().replaceAll("\\s+", " ");
    }

    /// A page for people in place of an answer.
    public boolean isPage() {
        return isPage;
    }

    /// The next frame, or null at the end.
    @Nullable
    public Frame next() throws IOException {
        if (!hasBegun) {
            begin();
        }
        while (ready.isEmpty() && !isOver) {
            if (values == null) {
                readLine();
            } else {
                readValue(values);
            }
        }
        return ready.poll();
    }

    private void begin() throws IOException {
        hasBegun = true;
        int first = in.read();
        if (first == 0xEF) {
            in.readNBytes(2);
            first = in.read();
        }
        while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            first = in.read();
        }
        if (first < 0) {
            isOver = true;
            return;
        }
        in.unread(first);
        isPage = first == '<';
        if (first == '{' || first == '[') {
            values = JSON.getFactory().createParser(in);
        }
    }

    /// One value after the other; the elements of a list count as values.
    private void readValue(JsonParser parser) throws IOException {
        try {
            var token = parser.nextToken();
            if (token == null) {
                isOver = true;
            } else if (token == JsonToken.START_OBJECT) {
                JsonNode value = JSON.readTree(parser);
                note(value.toString());
                ready.add(new Frame("", value, ""));
            }
        } catch (JsonEOFException cut) {
            throw new IOException("it ends in the middle of a value");
        } catch (JsonProcessingException e) {
            ready.add(new Frame("", null, "{" + start));
            isOver = true;
        }
    }

    private void readLine() throws IOException {
        String text = line();
        if (text == null) {
            isOver = true;
            dispatch();
        } else if (text.isEmpty()) {
            dispatch();
        } else {
            field(text);
        }
    }

    private void field(String text) {
        String plain = text.stripLeading();
        int colon = plain.indexOf(':');
        if (plain.startsWith("{")) {
            data(plain);
            return;
        }
        String name = (colon < 0 ? plain : plain.substring(0, colon)).toLowerCase(Locale.ROOT);
        String value = colon < 0 ? "" : plain.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name) {
            case "data" -> data(value);
            case "event" -> {
                // Without a blank line between two events, the name of the second ends the first.
                if (isWhole(data.toString())) {
                    dispatch();
                }
                event = value.strip();
            }
            case "", "id", "retry" -> {}
            default -> {
                // A value over several lines of which only the first says that it is data.
                if (data.isEmpty()) {
                    note(text);
                } else {
                    data.append('\n').append(text);
                }
            }
        }
    }

    private void data(String line) {
        String value = line;
        while (value.stripLeading().startsWith(DATA)) {
            value = value.stripLeading().substring(DATA.length());
        }
        String before = data.toString();
        if (!before.isEmpty() && isWhole(before)) {
            dispatch();
        }
        data.append(data.isEmpty() ? "" : "\n").append(value);
    }

    private static boolean isWhole(String text) {
        if (!text.endsWith("}")) {
            return false;
        }
        try {
            return JSON.readTree(text) != null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private void dispatch() {
        String text = data.toString().strip();
        data.setLength(0);
        if (!text.isEmpty() && !add(text)) {
            note(text);
            ready.add(new Frame(event, null, text));
        }
        event = "";
    }

    /// All values of the text: one as a rule, none in an empty list. False where it is no JSON. What follows a value is
    /// passed over, but for the word that ends a stream. Some put the value into a text.
    private boolean add(String text) {
        int before = ready.size();
        if ("{[\"".indexOf(text.charAt(0)) < 0) {
            return false;
        }
        try (var parser = JSON.getFactory().createParser(text)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    ready.add(new Frame(event, JSON.readTree(parser), text));
                } else if (token == JsonToken.VALUE_STRING) {
                    return parser.getText().startsWith("{") && add(parser.getText());
                }
            }
        } catch (IOException e) {
            if (ready.size() > before && text.endsWith(LAST_WORD)) {
                ready.add(new Frame(event, null, LAST_WORD));
            }
            return ready.size() > before;
        }
        return true;
    }

    private void note(String text) {
        if (start.length() < START) {
            start.append(Text.shorten(text, START)).append('\n');
        }
    }

    /// Without its end, or null at the end of the body. The start of a page or another foreign text is remembered.
    private @Nullable String line() throws IOException {
        line.reset();
        while (true) {
            if (at == filled) {
                filled = in.read(buffer);
                at = 0;
                if (filled < 0) {
                    filled = 0;
                    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                }
            }
            int from = at;
            while (at < filled && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (line.size() > LONGEST_LINE) {
                throw new IOException("a line of it has more than %,d bytes".formatted(LONGEST_LINE));
            }
            if (at < filled) {
                boolean pair = afterReturn && buffer[at] == '\n' && line.size() == 0;
                afterReturn = buffer[at++] == '\r';
                if (!pair) {
                    return line.toString(StandardCharsets.UTF_8);
                }
            } else if (at > from) {
                afterReturn = false;
            }
        }
    }
}
