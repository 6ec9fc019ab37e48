package dev.wheelhouse.streams;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// One client's stream: frames wait here until the connection takes them. It holds no thread; whoever offers a frame
/// or takes one carries the frames over. The answer begins in the framework's hands; one that lasts gets a [Wire].
///
/// A client that reads too slowly is cut: it comes back with Last-Event-ID and is shown what it missed from the log,
/// which costs less than keeping everything for it here.
public final class FrameStream implements Publisher<byte[]>, Subscription {

    private static final int LARGEST_WRITE = 64 * 1024;

    private final ArrayDeque<byte[]> frames = new ArrayDeque<>(2);
    private final Streams all;
    private final @Nullable Channel channel;
    private @Nullable Subscriber<? super byte[]> client;
    private @Nullable Wire wire;
    private Runnable onClose = () -> {};
    private long wanted;
    private int room = Integer.MAX_VALUE;
    private boolean isCarrying;
    private boolean isMoving;
    private boolean isReady;
    private boolean isComplete;
    private boolean isClosed;

    /// @param channel the connection, where it may become a wire
    FrameStream(Streams all, @Nullable Channel channel) {
        this.all = all;
        this.channel = channel;
    }

    /// From here on at most so many frames may wait beside those that wait now. `onClose` runs once, at the end,
    /// on a thread of its own: it is safe to take locks there.
    public void limit(int backlog, Runnable onClose) {
        synchronized (this) {
            room = frames.size() + backlog;
            this.onClose = onClose;
            if (!isClosed) {
                return;
            }
        }
        Thread.startVirtualThread(onClose);
    }

    public void offer(byte[] frame) {
        synchronized (this) {
            if (isComplete || isClosed) {
                return;
            }
            if (frames.size() >= room) {
                frames.clear();
                isComplete = true;
            } else {
                frames.add(frame);
            }
        }
        carry();
    }

    /// Ends the stream after the frames that wait.
    public void complete() {
        synchronized (this) {
            isComplete = true;
        }
        carry();
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        synchronized (this) {
            client = subscriber;
        }
        subscriber.onSubscribe(this);
        carry();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            wanted = count > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + count;
        }
        carry();
    }

    /// The connection is gone, or is taken off the framework.
    @Override
    public void cancel() {
        synchronized (this) {
            if (isMoving || wire != null) {
                return;
            }
        }
        close();
    }

    /// This stream lasts: takes it off the framework. True where there is nothing left to do for it.
    public boolean settle() {
        synchronized (this) {
            if (channel == null || isClosed || isComplete || wire != null) {
                return true;
            }
            if (isCarrying || client == null || isMoving) {
                return false;
            }
            isMoving = true;
        }
        // Behind everything that was handed to the framework so far.
        try {
            channel.eventLoop().execute(() -> move(channel));
        } catch (RejectedExecutionException stopping) {
            close();
        }
        return true;
    }

    private void move(Channel from) {
        Wire taken;
        try {
            if (!from.isActive()) {
                close();
                return;
            }
            taken = Wire.take(from, this, all.framework());
        } catch (RuntimeException e) {
            // The client comes back: better than a stream that stands still.
            from.close();
            close();
            throw e;
        }
        synchronized (this) {
            wire = taken;
            client = null;
            isMoving = false;
        }
        carry();
    }

    void carry() {
        synchronized (this) {
            if (wire != null) {
                if (!isReady && !isClosed && (isComplete || !frames.isEmpty())) {
                    isReady = true;
                    all.ready(this, wire);
                }
                return;
            }
        }
        carryToFramework();
    }

    /// On the wire's event loop.
    void write(Function<ArrayDeque<byte[]>, ByteBuf> chunk) {
        Wire to;
        ByteBuf next = null;
        boolean isLast;
        synchronized (this) {
            isReady = false;
            to = wire;
            if (isClosed || to == null || !to.channel().isWritable()) {
                return;
            }
            if (!frames.isEmpty()) {
                next = chunk.apply(frames);
            }
            isLast = isComplete && frames.isEmpty();
        }
        if (next != null) {
            to.write(next);
        }
        if (isLast) {
            to.finish();
            close();
        } else {
            to.channel().flush();
            carry();
        }
    }

    private void carryToFramework() {
        var to = begin();
        while (to != null) {
            byte[] next;
            synchronized (this) {
                next = wanted > 0 && !isClosed ? take() : null;
                if (next == null) {
                    isCarrying = false;
                    if (isClosed || !isComplete || !frames.isEmpty()) {
                        return;
                    }
                } else {
                    wanted--;
                }
            }
            if (next == null) {
                if (close()) {
                    to.onComplete();
                }
                return;
            }
            to.onNext(next);
        }
    }

    private synchronized @Nullable Subscriber<? super byte[]> begin() {
        if (isCarrying || isMoving || isClosed || client == null) {
            return null;
        }
        isCarrying = true;
        return client;
    }

    private byte @Nullable [] take() {
        byte[] first = frames.poll();
        return first == null || frames.isEmpty() ? first : together(first, frames);
    }

    /// Frames that wait together leave in one write.
    static byte[] together(byte[] first, ArrayDeque<byte[]> frames) {
        int size = first.length;
        var together = new ArrayDeque<byte[]>();
        while (!frames.isEmpty() && size + frames.peek().length <= LARGEST_WRITE) {
            together.add(frames.poll());
            size += together.getLast().length;
        }
        byte[] all = java.util.Arrays.copyOf(first, size);
        int at = first.length;
        for (byte[] frame : together) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }

    /// True for the one who closed it.
    boolean close() {
        Runnable last;
        synchronized (this) {
            if (isClosed) {
                return false;
            }
            isClosed = true;
            frames.clear();
            last = onClose;
        }
        // Not here: this may be a callback of the run that is watched, or the event loop.
        Thread.startVirtualThread(last);
        return true;
    }
}
