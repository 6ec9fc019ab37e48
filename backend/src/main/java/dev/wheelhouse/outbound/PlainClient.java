package dev.wheelhouse.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 without encryption and without a proxy, as it is spoken to model servers nearby: written and read on
/// the calling thread, whose interrupt ends the connection. The JDK's client takes more than twice the CPU for a
/// call, because each piece of it goes through a selector and three executors.
///
/// Connects to the addresses that were checked and to no other.
final class PlainClient {

    /// Servers close what is silent for longer, and some of them sooner: that is seen before it is used.
    private static final Duration IDLE = Duration.ofSeconds(25);

    /// What the system takes without waiting for the other side.
    private static final int AT_ONCE = 16 << 10;

    private static final int MOST_IDLE = 256;
    private static final int PORT = 80;

    /// A connection that nobody uses.
    private record Idle(SocketChannel channel, long since) {}

    private final CheckedNames names;
    private final Duration connect;
    private final Map<String, ConcurrentLinkedDeque<Idle>> idle = new ConcurrentHashMap<>();
    private final AtomicBoolean isSwept = new AtomicBoolean();

    PlainClient(CheckedNames names, Duration connect) {
        this.names = names;
        this.connect = connect;
    }

    /// The head of the answer, its body still arriving.
    ///
    /// @param most until the head is there; then HttpTimeoutException
    Streaming.Answer send(HttpRequest request, byte[] body, Duration most) throws IOException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        var uri = request.uri();
        String place = uri.getHost() + ":" + port(uri);
        try {
            var idle = idle(place);
            var channel = idle == null ? open(uri, end) : idle;
            return send(channel, place, whole(request, body), end);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The request was cancelled");
            }
            if (e instanceof SocketTimeoutException || e instanceof AsynchronousCloseException) {
                throw new HttpTimeoutException("no answer within %d ms".formatted(most.toMillis()));
            }
            throw e;
        }
    }

    private Streaming.Answer send(SocketChannel channel, String place, ByteBuffer whole, long end) throws IOException {
        // A write has no time of its own, and waits where the other side does not read.
        var time = whole.remaining() <= AT_ONCE ? null : new CompletableFuture<Boolean>();
        if (time != null) {
            time.completeOnTimeout(true, end - System.nanoTime(), TimeUnit.NANOSECONDS);
            time.thenAccept(_ -> close(channel));
        }
        try {
            var broken = write(channel, whole);
            return answer(channel, place, end, broken);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            if (time != null) {
                time.cancel(false);
            }
        }
    }

    /// Who refuses a request may do so before it has come as a whole, and break it off: the answer is there all the
    /// same.
    private static @Nullable IOException write(SocketChannel channel, ByteBuffer whole) {
        try {
            while (whole.hasRemaining()) {
                channel.write(whole);
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private Streaming.Answer answer(SocketChannel channel, String place, long end, @Nullable IOException broken)
            throws IOException {
        try {
            return new PlainBody(channel, () -> keep(place, channel)).answer(end);
        } catch (IOException e) {
            throw broken == null ? e : broken;
        }
    }

    private static ByteBuffer whole(HttpRequest request, byte[] body) {
        byte[] head = head(request, body.length);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    private static byte[] head(HttpRequest request, int length) {
        var uri = request.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var head = new StringBuilder(512)
                .append(request.method())
                .append(' ')
                .append(path)
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getHost())
                .append(port(uri) == PORT ? "" : ":" + port(uri))
                .append("\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        if (request.headers().firstValue("User-Agent").isEmpty()) {
            head.append("User-Agent: Wheelhouse\r\n");
        }
        request.headers()
                .map()
                .forEach((name, values) -> values.forEach(
                        value -> head.append(name).append(": ").append(value).append("\r\n")));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? PORT : uri.getPort();
    }

    /// The first of the host's addresses that answers.
    private SocketChannel open(URI uri, long end) throws IOException {
        IOException last = new UnknownHostException(uri.getHost());
        for (var address : names.resolve(uri.getHost())) {
            try {
                return open(address, port(uri), end);
            } catch (SocketTimeoutException e) {
                last = new HttpConnectTimeoutException("no connection within %d ms".formatted(connect.toMillis()));
            } catch (ConnectException e) {
                last = e;
            }
        }
        throw last;
    }

    private SocketChannel open(InetAddress address, int port, long end) throws IOException {
        long left = Math.min(connect.toMillis(), TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(address, port), (int) Math.max(1, left));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// One that is still open, the last used first.
    private @Nullable SocketChannel idle(String place) throws IOException {
        var those = idle.get(place);
        for (var one = those == null ? null : those.pollLast(); one != null; one = those.pollLast()) {
            if (!isOld(one) && isSilent(one.channel())) {
                return one.channel();
            }
            one.channel().close();
        }
        return null;
    }

    private static boolean isOld(Idle one) {
        return System.nanoTime() - one.since() > IDLE.toNanos();
    }

    /// Neither closed by the other side, nor with anything to say that was not asked.
    private static boolean isSilent(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            boolean isSilent = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return isSilent;
        } catch (IOException closed) {
            return false;
        }
    }

    private void keep(String place, SocketChannel channel) throws IOException {
        var those = idle.computeIfAbsent(place, none -> new ConcurrentLinkedDeque<>());
        if (those.size() >= MOST_IDLE) {
            channel.close();
            return;
        }
        those.addLast(new Idle(channel, System.nanoTime()));
        sweepLater();
    }

    private void sweepLater() {
        if (isSwept.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(IDLE.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                    .execute(this::sweep);
        }
    }

    private void sweep() {
        isSwept.set(false);
        boolean any = false;
        for (var those : idle.values()) {
            for (var one = those.pollFirst(); one != null; one = those.pollFirst()) {
                if (!isOld(one)) {
                    those.addFirst(one);
                    any = true;
                    break;
                }
                close(one.channel());
            }
        }
        if (any) {
            sweepLater();
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
