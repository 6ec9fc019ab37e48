package dev.wheelhouse.frames;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/// AWS's binary event stream as the server-sent events that it stands for, so that [Frames] reads it like any other.
///
/// A message is two lengths and their checksum, headers, a payload, and a checksum of it all. An exception becomes the
/// event `error` with the exception's name in `__type`.
public final class EventStream extends InputStream {

    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;
    private static final int LONGEST = 16 << 20;

    private final InputStream in;
    private ByteArrayInputStream event = new ByteArrayInputStream(new byte[0]);

    public EventStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return fill() ? event.read() : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return length == 0 ? 0 : fill() ? event.read(into, from, length) : -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /// False at the end. A message that breaks off is an error, as is one that was changed on its way.
    private boolean fill() throws IOException {
        while (event.available() == 0) {
            byte[] prelude = in.readNBytes(PRELUDE);
            if (prelude.length == 0) {
                return false;
            }
            if (prelude.length < PRELUDE) {
                throw new EOFException("it ends in the middle of a message");
            }
            event = new ByteArrayInputStream(message(prelude).getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    private String message(byte[] prelude) throws IOException {
        var lengths = ByteBuffer.wrap(prelude);
        int whole = lengths.getInt();
        int headers = lengths.getInt();
        int rest = whole - PRELUDE;
        if (sum(prelude, PRELUDE - CHECKSUM) != lengths.getInt()
                || whole > LONGEST
                || headers < 0
                || headers > rest - CHECKSUM) {
            throw new IOException("a message of it is damaged");
        }
        byte[] all = new byte[whole];
        System.arraycopy(prelude, 0, all, 0, PRELUDE);
        if (in.readNBytes(all, PRELUDE, rest) < rest) {
            throw new EOFException("it ends in the middle of a message");
        }
        if (sum(all, whole - CHECKSUM) != ByteBuffer.wrap(all).getInt(whole - CHECKSUM)) {
            throw new IOException("a message of it is damaged");
        }
        String payload = new String(all, PRELUDE + headers, rest - headers - CHECKSUM, StandardCharsets.UTF_8);
        return event(headers(ByteBuffer.wrap(all, PRELUDE, headers)), payload);
    }

    private static int sum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private static Map<String, String> headers(ByteBuffer buffer) throws IOException {
        try {
            return readHeaders(buffer);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("a header of it is damaged");
        }
    }

    private static Map<String, String> readHeaders(ByteBuffer buffer) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        while (buffer.hasRemaining()) {
            String name = text(buffer, buffer.get() & 0xFF);
            int kind = buffer.get();
            switch (kind) {
                case 0, 1 -> headers.put(name, String.valueOf(kind == 0));
                case 2 -> buffer.position(buffer.position() + 1);
                case 3 -> buffer.position(buffer.position() + 2);
                case 4 -> buffer.position(buffer.position() + 4);
                case 5, 8 -> buffer.position(buffer.position() + 8);
                case 6, 7 -> headers.put(name, text(buffer, buffer.getShort() & 0xFFFF));
                case 9 -> buffer.position(buffer.position() + 16);
                default -> throw new IOException("a header of it is damaged");
            }
        }
        return headers;
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String event(Map<String, String> headers, String payload) {
        String data = payload.replace("\r", " ").replace("\n", " ");
        return switch (headers.getOrDefault(":message-type", "event")) {
            case "exception" -> error(headers.getOrDefault(":exception-type", "exception"), data);
            case "error" ->
                error(
                        headers.getOrDefault(":error-code", "error"),
                        Json.write(Map.of("message", headers.getOrDefault(":error-message", ""))));
            default -> "event: %s\ndata: %s\n\n".formatted(headers.getOrDefault(":event-type", ""), data);
        };
    }

    private static String error(String type, String payload) {
        String message;
        try {
            JsonNode json = Json.read(payload);
            message = json.path(json.has("message") ? "message" : "Message").asText(payload);
        } catch (Problem notJson) {
            message = payload;
        }
        return "event: error\ndata: %s\n\n".formatted(Json.write(Map.of("__type", type, "message", message)));
    }
}
