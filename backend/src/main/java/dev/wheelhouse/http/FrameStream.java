package dev.wheelhouse.http;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// One client's stream: frames wait here until the connection takes them. It holds no thread; whoever offers a frame
/// or takes one carries the frames over.
///
/// A client that reads too slowly is cut: it comes back with Last-Event-ID and is shown what it missed from the log,
/// which costs less than keeping everything for it here.
final class FrameStream implements Publisher<byte[]>, Subscription {

    private static final int LARGEST_WRITE = 64 * 1024;

    private final ArrayDeque<byte[]> frames = new ArrayDeque<>(2);
    private @Nullable Subscriber<? super byte[]> client;
    private Runnable onClose = () -> {};
    private long wanted;
    private int room = Integer.MAX_VALUE;
    private boolean isCarrying;
    private boolean isComplete;
    private boolean isClosed;

    /// From here on at most so many frames may wait beside those that wait now. `onClose` runs once, at the end,
    /// on a thread of its own: it is safe to take locks there.
    void limit(int backlog, Runnable onClose) {
        synchronized (this) {
            room = frames.size() + backlog;
            this.onClose = onClose;
            if (!isClosed) {
                return;
            }
        }
        Thread.startVirtualThread(onClose);
    }

    void offer(byte[] frame) {
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
    void complete() {
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

    /// The connection is gone.
    @Override
    public void cancel() {
        close();
    }

    private void carry() {
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
        if (isCarrying || isClosed || client == null) {
            return null;
        }
        isCarrying = true;
        return client;
    }

    /// Frames that wait together leave in one write.
    private byte @Nullable [] take() {
        byte[] first = frames.poll();
        if (first == null || frames.isEmpty()) {
            return first;
        }
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
    private boolean close() {
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
