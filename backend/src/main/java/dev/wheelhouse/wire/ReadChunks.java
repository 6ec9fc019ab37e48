package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;

/// Puts a body together that comes in chunks. Their extensions and the trailer are checked and dropped.
final class ReadChunks {

    private static final int LONGEST_LINE = 512;
    private static final int LONGEST_TRAILER = 4_096;
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})([ \\t]*;[\\t\\x20-\\x7E\\x80-\\xFF]*)?");
    private static final Pattern TRAILER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7E\\x80-\\xFF]*");

    private enum Part {
        SIZE,
        BYTES,
        END,
        TRAILER,
        DONE
    }

    private final int most;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final StringBuilder line = new StringBuilder();
    private Part part = Part.SIZE;
    private int left;
    private int trailer;

    ReadChunks(int most) {
        this.most = most;
    }

    /// True when the whole body is there.
    boolean read(ByteBuf from) {
        while (part != Part.DONE && from.isReadable()) {
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
        if (size + body.size() > most) {
            throw new Refused(Fault.BODY_LENGTH);
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
