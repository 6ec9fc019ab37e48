package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The head of a request without a fault.
///
/// @param isOld whether it is of HTTP/1.0
/// @param fields as they were sent, but for those that say how the body is sent
/// @param length of the body; -1 where it comes in chunks
/// @param coding the content coding of the body in lower case, empty without one
record Head(
        String method,
        String target,
        boolean isOld,
        List<Gate.Field> fields,
        long length,
        boolean expectsContinue,
        String coding) {

    /// Reading bytes of two arrays costs the framework more than copying a few.
    private static final int LONGEST_COPIED = 16_384;

    Gate.Asked asked() {
        return new Gate.Asked(method, target, length, fields);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean hasChunks() {
        return length < 0;
    }

    /// The request as the framework is to read it.
    ByteBuf withBody(byte[] body) {
        byte[] head = bytes(body.length);
        if (body.length == 0) {
            return Unpooled.wrappedBuffer(head);
        }
        if (body.length > LONGEST_COPIED) {
            return Unpooled.wrappedBuffer(head, body);
        }
        byte[] both = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return Unpooled.wrappedBuffer(both);
    }

    private byte[] bytes(int bodyLength) {
        var text = new StringBuilder(512)
                .append(isHead() ? "GET" : method)
                .append(' ')
                .append(target)
                .append(isOld ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        for (var field : fields) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        if (bodyLength > 0 || length != 0) {
            text.append("Content-Length: ").append(bodyLength).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
