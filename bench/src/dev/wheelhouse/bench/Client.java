package dev.wheelhouse.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// One HTTP connection that is used again until the server closes it. It knows no more of HTTP than the benches need, and so costs
/// little.
final class Client implements AutoCloseable {

    record Answer(int status, String body) {
        /// The text value of a field of the body.
        String field(String name) {
            int from = body.indexOf("\"" + name + "\":\"") + name.length() + 4;
            if (from < name.length() + 4) {
                throw new IllegalStateException("No \"%s\" in %d: %s".formatted(name, status, body));
            }
            return body.substring(from, body.indexOf('"', from));
        }
    }

    private final int port;
    private final String authorization;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean isLast;

    Client(int port, String key) {
        this.port = port;
        authorization = key.isEmpty() ? "" : "Authorization: Bearer " + key + "\r\n";
        try {
            connect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        socket.setSoTimeout(60_000);
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        isLast = false;
    }

    Answer get(String path) {
        return ask("GET " + path, "", "", none -> {});
    }

    Answer post(String path, String body) {
        return ask(
                "POST " + path,
                "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n",
                body,
                none -> {});
    }

    /// Hands over each piece of a stream as it comes, until the server ends the stream.
    Answer stream(String path, int after, Consumer<String> piece) {
        return ask(
                "GET " + path,
                "Accept: text/event-stream\r\n" + (after > 0 ? "Last-Event-ID: " + after + "\r\n" : ""),
                "",
                piece);
    }

    /// A POST that is answered by a stream.
    Answer postStream(String path, String body, Consumer<String> piece) {
        return ask(
                "POST " + path,
                "Accept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\n",
                body,
                piece);
    }

    private Answer ask(String request, String headers, String body, Consumer<String> piece) {
        try {
            if (isLast) {
                socket.close();
                connect();
            }
            String text = request + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + headers + "\r\n" + body;
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return answer(piece);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer answer(Consumer<String> piece) throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            isLast |= line.equalsIgnoreCase("connection: close");
            chunked |= line.regionMatches(true, 0, "transfer-encoding: chunked", 0, 26);
        }
        if (!chunked) {
            return new Answer(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        var all = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); ; size = Integer.parseInt(line(), 16)) {
            String chunk = new String(in.readNBytes(size), StandardCharsets.UTF_8);
            line();
            if (size == 0) {
                return new Answer(status, all.toString());
            }
            all.append(chunk);
            piece.accept(chunk);
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("The connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
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
