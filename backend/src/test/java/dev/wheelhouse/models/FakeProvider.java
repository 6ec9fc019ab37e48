package dev.wheelhouse.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.testing.Await;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A model server for tests that does exactly what its script says, over a real socket.
///
/// It speaks HTTP by hand, because a server library would not let us break off in the middle of a chunk.
public final class FakeProvider implements AutoCloseable {

    /// What the server received.
    public record Request(String path, Map<String, String> headers, JsonNode body) {}

    /// What the server does with one request.
    @FunctionalInterface
    public interface Reply {
        void send(OutputStream out, Connection connection) throws IOException;
    }

    /// Lets a reply wait, without sleeping, until the client hangs up.
    public interface Connection {
        void awaitHangUp() throws IOException;
    }

    private final ServerSocket socket;
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private volatile Function<Request, Reply> otherwise = _ -> FakeReplies.status(500, "The script is over");

    public FakeProvider() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fake-provider").start(this::accept);
    }

    /// The address to configure, such as `http://127.0.0.1:41231/v1`.
    public String url() {
        return "http://127.0.0.1:%d/v1".formatted(socket.getLocalPort());
    }

    /// Adds to the script: one reply for each request to come.
    public FakeProvider will(Reply... replies) {
        script.addAll(List.of(replies));
        return this;
    }

    /// Answers by rule once the script is over.
    public FakeProvider always(Function<Request, Reply> rule) {
        otherwise = rule;
        return this;
    }

    public List<Request> requests() {
        return requests;
    }

    /// True once a client has closed its connection in the middle of an answer.
    public boolean clientHungUp() throws InterruptedException {
        return hungUp.await(Await.LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            Request request = read(in);
            requests.add(request);
            Reply scripted = script.poll();
            Reply reply = scripted == null ? otherwise.apply(request) : scripted;
            reply.send(client.getOutputStream(), () -> {
                while (in.read() >= 0) {
                    // a client that has asked says nothing more; only the end is of interest
                }
                hungUp.countDown();
            });
        } catch (IOException clientGone) {
            hungUp.countDown();
        }
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        if (first.length < 2) {
            throw new IOException("The client went away before it asked");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String[] parts = header.split(":", 2);
            headers.put(parts[0].strip(), parts[1].strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(first[1], headers, Json.read(body.isEmpty() ? "{}" : body));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
