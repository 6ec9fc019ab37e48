package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Finds the end of a head in what has come so far, looking at each byte once.
final class HeadText {

    private static final int LONGEST = 16_384;
    private static final int MOST_EMPTY_LINES = 8;

    private int looked;

    /// Up to the empty line, which is read too; null while it has not come.
    @Nullable
    String read(ByteBuf waiting) {
        skipEmptyLines(waiting);
        int from = waiting.readerIndex();
        int most = Math.min(waiting.writerIndex(), from + LONGEST + 2);
        for (int at = nextLine(waiting, from, most); at >= 0; at = nextLine(waiting, from, most)) {
            looked = at - from + 1;
            if (at == from || waiting.getByte(at - 1) != '\r') {
                throw new Refused(Fault.LINE_END);
            }
            if (looked >= 4 && waiting.getByte(at - 2) == '\n') {
                String text = waiting.toString(from, looked - 4, StandardCharsets.ISO_8859_1);
                waiting.skipBytes(looked);
                looked = 0;
                return text;
            }
        }
        looked = most - from;
        if (looked > LONGEST + 1) {
            throw new Refused(isInLine(waiting, from) ? Fault.TARGET_LENGTH : Fault.HEAD_LENGTH);
        }
        if (looked > ReadHead.LONGEST_TARGET + 40 && isInLine(waiting, from)) {
            throw new Refused(Fault.TARGET_LENGTH);
        }
        return null;
    }

    private int nextLine(ByteBuf waiting, int from, int most) {
        return waiting.indexOf(from + looked, most, (byte) '\n');
    }

    private boolean isInLine(ByteBuf waiting, int from) {
        return waiting.indexOf(from, from + looked, (byte) '\n') < 0;
    }

    /// Some clients send them behind a body.
    private void skipEmptyLines(ByteBuf waiting) {
        int lines = 0;
        while (looked == 0 && waiting.readableBytes() > 1 && waiting.getShort(waiting.readerIndex()) == 0x0D0A) {
            waiting.skipBytes(2);
            if (++lines > MOST_EMPTY_LINES) {
                throw new Refused(Fault.LINE);
            }
        }
    }
}
