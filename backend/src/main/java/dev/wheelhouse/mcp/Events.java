package dev.wheelhouse.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Server-sent events as a browser reads them, and the last of them without a blank line behind it.
final class Events {

    private static final long USUAL_RETRY = 1_000;
    private static final long LONGEST_RETRY = 60_000;

    private final InputStream in;
    private int pushed = -1;
    private boolean isFirst = true;
    private String lastId = "";
    private long retry = USUAL_RETRY;

    Events(InputStream in) {
        this.in = in;
    }

    /// Of the newest event that had one, empty without.
    String lastId() {
        return lastId;
    }

    /// After how many milliseconds the server wants to be asked again.
    long retry() {
        return retry;
    }

    /// The data of the next event that has any, or null at the end.
    @Nullable
    String next() throws IOException {
        var data = new StringBuilder();
        while (true) {
            String line = line();
            boolean isOver = line == null;
            if (isOver || line.isEmpty()) {
                if (!data.isEmpty() || isOver) {
                    return data.isEmpty() ? null : data.toString();
                }
            } else {
                field(line, data);
            }
        }
    }

    private void field(String line, StringBuilder data) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        if (name.equals("data") && !value.isEmpty()) {
            data.append(data.isEmpty() ? "" : "\n").append(value);
        } else if (name.equals("id")) {
            lastId = value;
        } else if (name.equals("retry") && value.matches("\\d{1,9}")) {
            retry = Math.min(Long.parseLong(value), LONGEST_RETRY);
        }
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream(256);
        int letter = read();
        if (letter < 0) {
            return null;
        }
        while (letter >= 0 && letter != '\n' && letter != '\r') {
            line.write(letter);
            letter = in.read();
        }
        if (letter == '\r') {
            int next = in.read();
            pushed = next == '\n' ? -1 : next;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        boolean hasMark = isFirst && text.startsWith("\uFEFF");
        isFirst = false;
        return hasMark ? text.substring(1) : text;
    }

    private int read() throws IOException {
        int letter = pushed >= 0 ? pushed : in.read();
        pushed = -1;
        return letter;
    }
}
