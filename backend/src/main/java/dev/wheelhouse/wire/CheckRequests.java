package dev.wheelhouse.wire;

import dev.wheelhouse.base.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads what comes in on a connection, and hands over whole requests that have no fault. While it is asked whether a
/// large body may be read, and while there is no room for it, nothing more is read.
final class CheckRequests extends ChannelDuplexHandler {

    private static final int LARGEST_IDLE = 1_024;
    private static final int LINGER_MILLIS = 1_000;
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Wire wire;
    private final Answers answers;
    private final ByteBuf kept = Unpooled.buffer(0);
    private final HeadText heads = new HeadText();
    private ByteBuf waiting = kept;
    private @Nullable Room room;
    private @Nullable Head head;
    private @Nullable ReadBody body;
    private String headText = "";
    private int limit;
    private boolean hasHanded;
    private boolean isOver;
    private boolean isRefused;
    private boolean isLingering;

    CheckRequests(Wire wire, Answers answers) {
        this.wire = wire;
        this.answers = answers;
        this.limit = wire.mostBytes();
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
        keep(context);
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
    private void keep(ChannelHandlerContext context) {
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
        if (isOver || !kept.isReadable()) {
            dropKept();
        }
        count(context);
    }

    private void dropKept() {
        kept.clear();
        if (kept.capacity() > LARGEST_IDLE) {
            kept.capacity(0);
        }
    }

    /// Most requests come at once, and hold nothing.
    private void count(ChannelHandlerContext context) {
        int now = isOver ? 0 : kept.readableBytes() + (body == null ? 0 : body.held());
        if (now > 0 || room != null) {
            room(context).hold(now);
        }
    }

    private Room room(ChannelHandlerContext context) {
        var mine = room;
        if (mine == null) {
            mine = new Room(
                    wire,
                    context,
                    verdict -> allow(context, verdict),
                    () -> goOn(context),
                    problem -> refuseNow(context, problem));
            room = mine;
        }
        return mine;
    }

    private void readAll(ChannelHandlerContext context) {
        try {
            boolean hasRead = true;
            while (hasRead && !isOver && !isPaused()) {
                hasRead = (head != null || waiting.isReadable()) && readOne(context);
            }
        } catch (Refused e) {
            refuse(context, e.problem(limit));
        }
    }

    private boolean isPaused() {
        return room != null && room.isPaused();
    }

    /// True if a whole request was read.
    private boolean readOne(ChannelHandlerContext context) {
        if (head == null) {
            String text = heads.read(waiting);
            if (text == null) {
                return false;
            }
            headText = text;
            begin(context, ReadHead.of(text));
        }
        var known = head;
        var reading = body;
        if (known == null || reading == null) {
            return false;
        }
        byte[] whole = reading.read(waiting);
        if (whole != null) {
            hand(context, known, whole);
        } else if (reading.asks()) {
            room(context).ask(known);
        }
        return whole != null;
    }

    private void begin(ChannelHandlerContext context, Head read) {
        var reading = new ReadBody(read, waiting.readableBytes(), wire.mostBytes());
        head = read;
        body = reading;
        if (!reading.asks()) {
            invite(context, read);
        }
    }

    private void invite(ChannelHandlerContext context, Head read) {
        boolean isThere = read.length() >= 0 && waiting.readableBytes() >= read.length();
        if (read.expectsContinue() && !isThere && answers.areAllSent()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
    }

    /// The body is read if its route takes so much, as soon as there is room for it.
    private void allow(ChannelHandlerContext context, Gate.Verdict verdict) {
        var reading = body;
        if (reading == null) {
            return;
        }
        limit = Math.min(verdict.mostBytes(), wire.mostBytes());
        try {
            reading.check(limit);
        } catch (Refused e) {
            refuseNow(context, e.problem(limit));
            return;
        }
        if (!verdict.isKnown() || room(context).reserve(reading.needed(limit))) {
            goOn(context);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        var reading = body;
        var read = head;
        if (isOver || reading == null || read == null) {
            return;
        }
        var mine = room(context);
        mine.resume();
        reading.allow(limit, mine.hasReserved());
        invite(context, read);
        hasHanded = false;
        readAll(context);
        keep(context);
        boolean handed = hasHanded;
        hasHanded = false;
        if (handed) {
            context.fireChannelReadComplete();
        }
        if (!isOver && !isPaused()) {
            mine.readOn(handed);
        }
    }

    private void hand(ChannelHandlerContext context, Head known, byte[] whole) {
        head = null;
        body = null;
        headText = "";
        limit = wire.mostBytes();
        hasHanded = true;
        free();
        answers.asked(known.isOld(), known.isHead());
        context.fireChannelRead(known.withBody(whole));
    }

    private void free() {
        if (room != null) {
            room.free();
        }
    }

    /// The framework answers in turn, behind the requests that came before.
    private void refuse(ChannelHandlerContext context, Problem problem) {
        isOver = true;
        isRefused = true;
        hasHanded = true;
        head = null;
        body = null;
        free();
        answers.asked(false, headText.startsWith("HEAD "));
        context.fireChannelRead(Unpooled.wrappedBuffer(wire.refusal(problem, ReadHead.place(headText))));
    }

    /// The same while nothing is being read.
    private void refuseNow(ChannelHandlerContext context, Problem problem) {
        if (!isOver) {
            refuse(context, problem);
            dropKept();
            hasHanded = false;
            context.fireChannelReadComplete();
        }
    }

    /// Who reads only when asked to would wait for ever for a request of which a piece has come.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!hasHanded && !isPaused() && !context.channel().config().isAutoRead()) {
            context.read();
        }
        hasHanded = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (room == null || room.mayRead()) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    /// A connection that becomes a stream is nobody's request any more.
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        isOver = true;
        head = null;
        body = null;
        free();
        dropKept();
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
