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

/// One client's stream: frames wait here until the connection takes them. It holds no thread; the thread that offers or
/// requests a frame moves frames along. A response starts out in the framework; a long one moves to a [Wire].
///
/// A client that reads too slowly is disconnected: it reconnects with Last-Event-ID and gets what it missed from the
/// log, which is cheaper than buffering everything for it here.
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
    private boolean isPumping;
    private boolean isMoving;
    private boolean isReady;
    private boolean isComplete;
    private boolean isCut;
    private boolean isClosed;

    /// @param channel the connection, null if it cannot become a wire
    FrameStream(Streams all, @Nullable Channel channel) {
        this.all = all;
        this.channel = channel;
    }

    /// From now on at most `backlog` frames may wait in addition to those already waiting. `onClose` runs once, at the
    /// end, on its own thread, where it is safe to take locks.
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
                isCut = true;
            } else {
                frames.add(frame);
            }
        }
        pump();
    }

    /// Ends the stream after the waiting frames.
    public void complete() {
        synchronized (this) {
            isComplete = true;
        }
        pump();
    }

    /// Breaks the connection off after the waiting frames, so that no client takes what it has for the whole. A stream
    /// that has its end already keeps it.
    public void cut() {
        synchronized (this) {
            isCut |= !isComplete;
            isComplete = true;
        }
        pump();
    }

    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        synchronized (this) {
            client = subscriber;
        }
        subscriber.onSubscribe(this);
        pump();
    }

    @Override
    public void request(long count) {
        synchronized (this) {
            wanted = count > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + count;
        }
        pump();
    }

    /// The connection is gone, or is being detached from the framework.
    @Override
    public void cancel() {
        synchronized (this) {
            if (isMoving || wire != null) {
                return;
            }
        }
        close();
    }

    /// Detaches a long-lived stream from the framework. True if nothing is left to do for it.
    public boolean settle() {
        synchronized (this) {
            if (channel == null || isClosed || isComplete || wire != null) {
                return true;
            }
            if (isPumping || client == null || isMoving) {
                return false;
            }
            isMoving = true;
        }
        // After everything that was handed to the framework so far.
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
            // The client reconnects: better than a stream that hangs.
            from.close();
            close();
            throw e;
        }
        synchronized (this) {
            wire = taken;
            client = null;
            isMoving = false;
        }
        pump();
    }

    void pump() {
        synchronized (this) {
            if (wire != null) {
                if (!isReady && !isClosed && (isComplete || !frames.isEmpty())) {
                    isReady = true;
                    all.ready(this, wire);
                }
                return;
            }
        }
        pumpToFramework();
    }

    /// Only on the wire's event loop.
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
            pump();
        }
    }

    private void pumpToFramework() {
        var to = begin();
        while (to != null) {
            byte[] next;
            synchronized (this) {
                next = wanted > 0 && !isClosed ? take() : null;
                if (next == null) {
                    isPumping = false;
                    if (isClosed || !isComplete || !frames.isEmpty()) {
                        return;
                    }
                } else {
                    wanted--;
                }
            }
            if (next == null) {
                if (close()) {
                    end(to);
                }
                return;
            }
            to.onNext(next);
        }
    }

    private void end(Subscriber<? super byte[]> to) {
        if (isCut) {
            to.onError(new CutException());
        } else {
            to.onComplete();
        }
    }

    private synchronized @Nullable Subscriber<? super byte[]> begin() {
        if (isPumping || isMoving || isClosed || client == null) {
            return null;
        }
        isPumping = true;
        return client;
    }

    private byte @Nullable [] take() {
        byte[] first = frames.poll();
        return first == null || frames.isEmpty() ? first : together(first, frames);
    }

    /// Joins waiting frames into one write.
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

    /// Nobody reads it any more. True for the caller that actually closed it.
    public boolean close() {
        Runnable last;
        synchronized (this) {
            if (isClosed) {
                return false;
            }
            isClosed = true;
            frames.clear();
            last = onClose;
        }
        // On its own thread: this may be the event loop or a callback of the watched run.
        Thread.startVirtualThread(last);
        return true;
    }
}
