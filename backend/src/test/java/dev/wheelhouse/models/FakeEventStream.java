package dev.wheelhouse.models;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Messages of AWS's binary event stream, each as a text of one character for a byte.
final class FakeEventStream {

    private FakeEventStream() {}

    static String event(String type, String json) {
        return message(json, ":message-type", "event", ":event-type", type, ":content-type", "application/json");
    }

    static String exception(String type, String message) {
        return message(
                "{\"message\":\"%s\"}".formatted(message), ":message-type", "exception", ":exception-type", type);
    }

    static String message(String payload, String... headers) {
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        var named = ByteBuffer.allocate(1000);
        for (int at = 0; at < headers.length; at += 2) {
            byte[] name = headers[at].getBytes(StandardCharsets.UTF_8);
            byte[] value = headers[at + 1].getBytes(StandardCharsets.UTF_8);
            named.put((byte) name.length)
                    .put(name)
                    .put((byte) 7)
                    .putShort((short) value.length)
                    .put(value);
        }
        named.flip();
        var message = ByteBuffer.allocate(16 + named.remaining() + body.length);
        message.putInt(message.capacity()).putInt(named.remaining());
        message.putInt(sum(message.array(), 8)).put(named).put(body);
        message.putInt(sum(message.array(), message.position()));
        return new String(message.array(), StandardCharsets.ISO_8859_1);
    }

    private static int sum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    /// How a text goes over the wire: binary messages begin with a zero, for none is that long.
    static Charset charset(String text) {
        return text.startsWith("\0") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    }
}
