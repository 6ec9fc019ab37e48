package dev.wheelhouse.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A body while it arrives. All that has arrived can be read, also after the connection broke: the JDK's own stream
/// forgets it then, and with it the end of an answer that was complete.
///
/// Closing it from another thread ends a read that waits, with an IOException.
final class Arriving extends InputStream implements BodySubscriber<InputStream> {

    private static final List<ByteBuffer> END = List.of();

    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private List<ByteBuffer> current = List.of();
    private int at;
    private boolean isOver;
    private volatile boolean isClosed;
    private volatile @Nullable Throwable broken;

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        if (isClosed) {
            to.cancel();
        } else {
            subscription.complete(to);
            to.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable error) {
        broken = error;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        int read = Math.min(length, buffer.remaining());
        buffer.get(into, from, read);
        return read;
    }

    /// The next one with something in it; null at the end.
    private @Nullable ByteBuffer buffer() throws IOException {
        while (!isOver) {
            if (isClosed) {
                throw new IOException("The body was closed");
            }
            if (at < current.size()) {
                ByteBuffer buffer = current.get(at);
                if (buffer.hasRemaining()) {
                    return buffer;
                }
                at++;
            } else {
                more();
            }
        }
        return null;
    }

    private void more() throws IOException {
        try {
            var next = arrived.take();
            if (next == END) {
                end();
                return;
            }
            current = next;
            at = 0;
            subscription.join().request(1);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The read was interrupted");
        }
    }

    private void end() throws IOException {
        var why = broken;
        if (isClosed) {
            throw new IOException("The body was closed");
        }
        if (why != null) {
            throw new IOException("The connection broke", why);
        }
        isOver = true;
    }

    @Override
    public void close() {
        isClosed = true;
        subscription.thenAccept(Flow.Subscription::cancel);
        arrived.add(END);
    }
}
