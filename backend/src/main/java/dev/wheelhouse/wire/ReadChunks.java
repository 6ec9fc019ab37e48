package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;

/// Puts a body together that comes in chunks. Their extensions and the trailer are checked and dropped.
final class ReadChunks {

    private static final int LONGEST_LINE = 512;
    private static final int LONGEST_TRAILER = 4_096;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final String QUOTED =
            "\"(?:[\\t\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E\\x80-\\xFF]|\\\\[\\t\\x20-\\x7E\\x80-\\xFF])*+\"";
    private static final String SPACE = "[ \\t]*+";

    /// With the extensions of RFC 9112, 7.1.1: what is no extension may be the end of a line for somebody else.
    private static final Pattern SIZE = Pattern.compile(
            "([0-9A-Fa-f]{1,8})(?:%3$s;%3$s%1$s(?:%3$s=%3$s(?:%1$s|%2$s))?+)*+".formatted(TOKEN, QUOTED, SPACE));
    private static final Pattern TRAILER = Pattern.compile(TOKEN + ":[\\t\\x20-\\x7E\\x80-\\xFF]*");

    private enum Part {
        SIZE,
        BYTES,
        END,
        TRAILER,
        DONE
    }

    private final int mostEver;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private Part part = Part.SIZE;
    private int left;
    private int trailer;
    private int most = Wire.UNASKED;
    private boolean isAllowed;
    private boolean asks;

    /// @param mostEver bytes that any body may have
    ReadChunks(int mostEver) {
        this.mostEver = mostEver;
    }

    /// Whether it goes on only when more is allowed.
    boolean asks() {
        return asks;
    }

    void allow(int most) {
        this.most = most;
        isAllowed = true;
        asks = false;
    }

    /// Bytes of what is there and the chunk that has begun.
    int expects() {
        return left + body.size();
    }

    int size() {
        return body.size();
    }

    /// True when the whole body is there. A chunk that would make it longer than is allowed, and not too long for any
    /// body, makes it ask, or is refused where it has asked before.
    boolean read(ByteBuf from) {
        while (part != Part.DONE && !asks && from.isReadable()) {
            if (part == Part.BYTES) {
                bytes(from);
            } else if (hasLine(from)) {
                String text = line.toString();
                line.setLength(0);
                part = next(text);
            }
        }
        return part == Part.DONE;
    }

    byte[] body() {
        return body.toByteArray();
    }

    private void bytes(ByteBuf from) {
        byte[] some = new byte[Math.min(left, from.readableBytes())];
        from.readBytes(some);
        body.writeBytes(some);
        left -= some.length;
        part = left == 0 ? Part.END : Part.BYTES;
    }

    private boolean hasLine(ByteBuf from) {
        while (from.isReadable()) {
            char one = (char) (from.readByte() & 0xFF);
            boolean isAfterReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
            if (isAfterReturn != (one == '\n') || part == Part.END && !isAfterReturn && one != '\r') {
                throw fault();
            }
            if (one == '\n') {
                line.setLength(line.length() - 1);
                return true;
            }
            line.append(one);
            if (line.length() > (part == Part.TRAILER ? LONGEST_TRAILER : LONGEST_LINE)) {
                throw fault();
            }
        }
        return false;
    }

    private Refused fault() {
        return new Refused(part == Part.TRAILER ? Fault.TRAILER : Fault.CHUNK);
    }

    private Part next(String text) {
        return switch (part) {
            case SIZE -> size(text);
            case END -> Part.SIZE;
            case TRAILER -> trailer(text);
            case BYTES, DONE -> throw new IllegalStateException("No line is expected there");
        };
    }

    private Part size(String text) {
        var form = SIZE.matcher(text);
        if (!form.matches()) {
            throw fault();
        }
        long size = Long.parseLong(form.group(1), 16);
        if (size + body.size() > mostEver) {
            throw new Refused(Fault.BODY_LENGTH);
        }
        if (size + body.size() > most) {
            if (isAllowed) {
                throw new Refused(Fault.BODY_LENGTH);
            }
            asks = true;
        }
        left = (int) size;
        return size == 0 ? Part.TRAILER : Part.BYTES;
    }

    private Part trailer(String text) {
        trailer += text.length() + 2;
        if (text.isEmpty()) {
            return Part.DONE;
        }
        if (trailer > LONGEST_TRAILER || !TRAILER.matcher(text).matches()) {
            throw fault();
        }
        return Part.TRAILER;
    }
}
