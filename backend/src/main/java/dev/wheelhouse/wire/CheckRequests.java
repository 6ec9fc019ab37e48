package dev.wheelhouse.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads what comes in on a connection, and hands over whole requests that have no fault.
final class CheckRequests extends ChannelDuplexHandler {

    private static final int LONGEST_HEAD = 16_384;
    private static final int MOST_EMPTY_LINES = 8;
    private static final int LINGER_MILLIS = 1_000;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final Answers answers;
    private final ByteBuf kept = Unpooled.buffer(0);
    private ByteArrayOutputStream plain = new ByteArrayOutputStream(0);
    private ByteBuf waiting = kept;
    private @Nullable Head head;
    private @Nullable ReadChunks chunks;
    private String headText = "";
    private int looked;
    private boolean hasHanded;
    private boolean isOver;
    private boolean isRefused;
    private boolean isLingering;

    CheckRequests(Wire wire, Answers answers) {
        this.wire = wire;
        this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
            return;
        }
        if (isOver) {
            bytes.release();
            return;
        }
        waiting = joined(bytes);
        readAll(context);
        keep();
    }

    private ByteBuf joined(ByteBuf bytes) {
        if (!kept.isReadable()) {
            return bytes;
        }
        kept.writeBytes(bytes);
        bytes.release();
        return kept;
    }

    /// A piece of a head waits for the rest as a copy: pieces of one byte each must not become a chain of thousands.
    private void keep() {
        if (waiting == kept) {
            kept.discardReadBytes();
        } else {
            kept.clear();
            if (!isOver) {
                kept.writeBytes(waiting);
            }
            waiting.release();
        }
        waiting = kept;
    }

    private void readAll(ChannelHandlerContext context) {
        try {
            while (!isOver && waiting.isReadable() && readOne(context)) {
                looked = 0;
            }
        } catch (Refused e) {
            refuse(context, e.fault());
        }
    }

    /// True if a whole request was read.
    private boolean readOne(ChannelHandlerContext context) {
        if (head == null) {
            String text = headText();
            if (text == null) {
                return false;
            }
            headText = text;
            begin(context, ReadHead.of(text));
        }
        var known = head;
        byte[] body = known == null ? null : body(known);
        if (known == null || body == null) {
            return false;
        }
        hand(context, known, Decoding.decoded(body, known.coding(), wire.mostBytes()));
        head = null;
        chunks = null;
        headText = "";
        return true;
    }

    private void begin(ChannelHandlerContext context, Head read) {
        if (read.length() > wire.mostBytes()) {
            throw new Refused(Fault.BODY_LENGTH);
        }
        head = read;
        chunks = read.hasChunks() ? new ReadChunks(wire.mostBytes()) : null;
        boolean isThere = read.length() >= 0 && waiting.readableBytes() >= read.length();
        if (read.expectsContinue() && !isThere && answers.areAllSent()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
    }

    /// Up to the empty line, which is read too; null while it has not come.
    private @Nullable String headText() {
        skipEmptyLines();
        int from = waiting.readerIndex();
        int most = Math.min(waiting.writerIndex(), from + LONGEST_HEAD + 2);
        for (int at = nextLine(from, most); at >= 0; at = nextLine(from, most)) {
            looked = at - from + 1;
            if (at == from || waiting.getByte(at - 1) != '\r') {
                throw new Refused(Fault.LINE_END);
            }
            if (looked >= 4 && waiting.getByte(at - 2) == '\n') {
                String text = waiting.toString(from, looked - 4, StandardCharsets.ISO_8859_1);
                waiting.skipBytes(looked);
                return text;
            }
        }
        looked = most - from;
        if (looked > LONGEST_HEAD + 1) {
            throw new Refused(isInLine(from) ? Fault.TARGET_LENGTH : Fault.HEAD_LENGTH);
        }
        if (looked > ReadHead.LONGEST_TARGET + 40 && isInLine(from)) {
            throw new Refused(Fault.TARGET_LENGTH);
        }
        return null;
    }

    private int nextLine(int from, int most) {
        return waiting.indexOf(from + looked, most, (byte) '\n');
    }

    private boolean isInLine(int from) {
        return waiting.indexOf(from, from + looked, (byte) '\n') < 0;
    }

    /// Some clients send them behind a body.
    private void skipEmptyLines() {
        int lines = 0;
        while (looked == 0 && waiting.readableBytes() > 1 && waiting.getShort(waiting.readerIndex()) == 0x0D0A) {
            waiting.skipBytes(2);
            if (++lines > MOST_EMPTY_LINES) {
                throw new Refused(Fault.LINE);
            }
        }
    }

    private byte @Nullable [] body(Head known) {
        if (chunks != null) {
            return chunks.read(waiting) ? chunks.body() : null;
        }
        byte[] some = new byte[(int) Math.min(waiting.readableBytes(), known.length() - plain.size())];
        waiting.readBytes(some);
        if (some.length == known.length()) {
            return some;
        }
        plain.writeBytes(some);
        return plain.size() == known.length() ? taken() : null;
    }

    private byte[] taken() {
        byte[] all = plain.toByteArray();
        plain = new ByteArrayOutputStream(0);
        return all;
    }

    private void hand(ChannelHandlerContext context, Head known, byte[] body) {
        hasHanded = true;
        answers.asked(known.isOld());
        context.fireChannelRead(known.withBody(body));
    }

    /// The framework answers in turn, behind the requests that came before.
    private void refuse(ChannelHandlerContext context, Fault fault) {
        isOver = true;
        isRefused = true;
        hasHanded = true;
        answers.asked(false);
        context.fireChannelRead(Unpooled.wrappedBuffer(wire.refusal(fault, ReadHead.place(headText))));
    }

    /// Who reads only when asked to would wait for ever for a request of which a piece has come.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!hasHanded && !context.channel().config().isAutoRead()) {
            context.read();
        }
        hasHanded = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        isOver = true;
        kept.clear();
        context.fireChannelInactive();
    }

    /// Closing a socket that has more to read resets it, and the client would not see why it was refused. So after a
    /// fault our side ends first, and what still comes is dropped for a while.
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (isRefused && !isLingering && context.channel() instanceof DuplexChannel socket && socket.isActive()) {
            isLingering = true;
            socket.shutdownOutput();
            socket.read();
            context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            socket.closeFuture().addListener(_ -> promise.trySuccess());
        } else {
            context.close(promise);
        }
    }
}
