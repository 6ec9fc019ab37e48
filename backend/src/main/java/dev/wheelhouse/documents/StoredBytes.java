package dev.wheelhouse.documents;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/// Parts of bytes, read one after the other.
final class StoredBytes extends InputStream {

    private final IntFunction<Optional<byte[]>> parts;
    private int next;
    private byte[] part = new byte[0];
    private int at;
    private boolean isOver;

    /// @param parts gives a part by its number, from 0; nothing behind the last one
    StoredBytes(IntFunction<Optional<byte[]>> parts) {
        this.parts = parts;
    }

    private boolean fill() {
        while (at == part.length && !isOver) {
            var more = parts.apply(next++);
            isOver = more.isEmpty();
            part = more.orElse(new byte[0]);
            at = 0;
        }
        return at < part.length;
    }

    @Override
    public int read() {
        return fill() ? part[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int some = Math.min(length, part.length - at);
        System.arraycopy(part, at, to, offset, some);
        at += some;
        return some;
    }
}
