package dev.wheelhouse.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        List<Field> fields,
        long length,
        boolean expectsContinue,
        String coding) {

    record Field(String name, String value) {}

    boolean hasChunks() {
        return length < 0;
    }

    /// As the framework is to read it.
    byte[] bytes(int bodyLength) {
        var text = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(target)
                .append(isOld ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        var all = new ArrayList<>(fields);
        if (bodyLength > 0 || length != 0) {
            all.add(new Field("Content-Length", Integer.toString(bodyLength)));
        }
        all.forEach(field ->
                text.append(field.name).append(": ").append(field.value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
