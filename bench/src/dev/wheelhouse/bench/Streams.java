package dev.wheelhouse.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Thousands of clients that hold a stream each and count what comes, all on one thread.
final class Streams implements AutoCloseable {

    /// What one client has got: frames (an empty line ends each), and the ids of committed events in order.
    static final class Stream {
        private int frames;
        private int lastId;
        private boolean isBroken;
        private boolean isOpen;
        private boolean sawNewline;
        private int matched;
        private int id;

        int lastId() {
            return lastId;
        }

        /// An id that was not the next one.
        boolean isBroken() {
            return isBroken;
        }

        private void read(byte next) {
            if (next == '\r') {
                return;
            }
            if (next == '\n') {
                if (sawNewline && isOpen) {
                    frames++;
                }
                // The first empty line ends the head of the answer.
                isOpen |= sawNewline;
                if (matched == 4) {
                    isBroken |= id != lastId + 1;
                    lastId = id;
                }
                sawNewline = true;
                matched = 0;
                id = 0;
                return;
            }
            if (matched < 4) {
                matched = (sawNewline || matched > 0) && "id: ".charAt(matched) == next ? matched + 1 : 9;
            } else if (matched == 4) {
                id = id * 10 + next - '0';
            }
            sawNewline = false;
        }
    }

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Stream> streams = new ArrayList<>();
    private final int port;
    private final String key;

    Streams(int port, String key) throws IOException {
        this.port = port;
        this.key = key;
    }

    /// Opens so many more and waits until each has been answered.
    void open(int count, String path) throws IOException, InterruptedException {
        for (int opened = 0; opened < count; opened++) {
            open(path, 0);
            if (opened % 50 == 0) {
                read(0);
            }
        }
        awaitOpen();
    }

    private void open(String path, int after) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nAccept: text/event-stream\r\n%s\r\n"
                        .formatted(path, key, after > 0 ? "Last-Event-ID: " + after + "\r\n" : "");
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        var stream = new Stream();
        stream.lastId = after;
        streams.add(stream);
        channel.register(selector, SelectionKey.OP_READ, stream);
    }

    private void awaitOpen() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (streams.stream().anyMatch(stream -> !stream.isOpen)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Streams are not answered: "
                        + streams.stream().filter(stream -> !stream.isOpen).count());
            }
            read(100);
        }
    }

    /// Closes the first so many and opens them again where they were.
    void reconnect(int count, String path) throws IOException {
        var keys = selector.keys().stream().limit(count).toList();
        for (var one : keys) {
            one.channel().close();
        }
        selector.selectNow();
        for (var one : keys) {
            var before = (Stream) one.attachment();
            streams.remove(before);
            open(path, before.lastId);
            read(0);
        }
        awaitOpen();
    }

    /// Takes what is there, for at most this long.
    void read(long millis) throws IOException {
        selector.select(
                key -> {
                    buffer.clear();
                    try {
                        if (((SocketChannel) key.channel()).read(buffer) < 0) {
                            key.channel().close();
                            return;
                        }
                    } catch (IOException e) {
                        key.cancel();
                        return;
                    }
                    buffer.flip();
                    var stream = (Stream) key.attachment();
                    while (buffer.hasRemaining()) {
                        stream.read(buffer.get());
                    }
                },
                Math.max(1, millis));
    }

    /// Reads until nothing has come for so long, at most for 90 s.
    void readUntilQuiet(long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        long quietSince = System.nanoTime();
        for (long before = frames(); System.nanoTime() < end; ) {
            read(50);
            long now = frames();
            if (now != before) {
                before = now;
                quietSince = System.nanoTime();
            } else if (System.nanoTime() - quietSince > millis * 1_000_000) {
                return;
            }
        }
    }

    long frames() {
        long sum = 0;
        for (var stream : streams) {
            sum += stream.frames;
        }
        return sum;
    }

    List<Stream> all() {
        return streams;
    }

    @Override
    public void close() throws IOException {
        for (var key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
