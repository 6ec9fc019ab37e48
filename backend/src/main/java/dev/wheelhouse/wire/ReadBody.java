package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts the body of one request together. What is larger than [Wire#UNASKED], or becomes so when its content coding is
/// undone, waits until it is allowed.
final class ReadBody {

    private final Head head;
    private final @Nullable ReadChunks chunks;
    private byte[] plain = {};
    private int size;
    private byte @Nullable [] coded;
    private int most = Wire.UNASKED;
    private boolean isAllowed;
    private boolean asks;

    /// @param there bytes that have come with the head
    /// @param mostEver that any body may have
    ReadBody(Head head, int there, int mostEver) {
        if (head.length() > mostEver) {
            throw new Refused(Fault.BODY_LENGTH);
        }
        this.head = head;
        this.chunks = head.hasChunks() ? new ReadChunks(mostEver) : null;
        this.asks = head.length() > Math.max(there, Wire.UNASKED);
    }

    /// Whether it goes on only when it is allowed to.
    boolean asks() {
        return asks;
    }

    /// Refuses a body that is known to be longer.
    void check(int most) {
        if (head.length() > most || chunks != null && chunks.expects() > most) {
            throw new Refused(Fault.BODY_LENGTH);
        }
    }

    /// From now on the body may have so many bytes.
    ///
    /// @param hasRoom memory for all of it is reserved
    void allow(int most, boolean hasRoom) {
        this.most = most;
        isAllowed = true;
        asks = false;
        if (chunks != null) {
            chunks.allow(most);
        } else if (hasRoom) {
            plain = Arrays.copyOf(plain, (int) head.length());
        }
    }

    /// What a body needs in memory that may have so many bytes.
    int needed(int most) {
        return head.hasChunks() || !head.coding().isEmpty() ? most : (int) head.length();
    }

    /// What is held of it now.
    int held() {
        return plain.length + (coded == null ? 0 : coded.length) + (chunks == null ? 0 : 2 * chunks.size());
    }

    /// The whole body without its content coding; null while it is not there, or asks.
    byte @Nullable [] read(ByteBuf from) {
        if (asks) {
            return null;
        }
        if (coded == null) {
            coded = chunks == null ? ofLength(from) : chunked(from, chunks);
        }
        byte[] whole = coded;
        if (whole == null) {
            return null;
        }
        byte[] decoded = Decoding.decoded(whole, head.coding(), most);
        if (decoded == null && isAllowed) {
            throw new Refused(Fault.BODY_LENGTH);
        }
        asks = decoded == null;
        return decoded;
    }

    private byte @Nullable [] chunked(ByteBuf from, ReadChunks chunks) {
        boolean isWhole = chunks.read(from);
        asks = chunks.asks();
        return isWhole ? chunks.body() : null;
    }

    private byte @Nullable [] ofLength(ByteBuf from) {
        int length = (int) head.length();
        int more = Math.min(from.readableBytes(), length - size);
        if (size + more > plain.length) {
            plain = Arrays.copyOf(plain, Math.min(length, Math.max(size + more, 2 * plain.length)));
        }
        from.readBytes(plain, size, more);
        size += more;
        if (size < length) {
            return null;
        }
        byte[] whole = plain;
        plain = new byte[0];
        return whole;
    }
}
