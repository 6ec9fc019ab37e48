package dev.wheelhouse.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection to a run's live events, over a bare socket, so that it can be cut at any byte.
final class EventStream implements AutoCloseable {

    /// @param id null for what is live only
    record Frame(@Nullable String id, String event, String data) {}

    private final Socket socket;

    /// @param after the last seq that the client has, 0 for none
    EventStream(String url, String key, String run, int after) throws IOException {
        var uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(20_000);
        String head =
                "GET /api/v1/runs/%s/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n".formatted(run)
                        + "Authorization: Bearer %s\r\n%sConnection: close\r\n\r\n"
                                .formatted(key, after > 0 ? "Last-Event-ID: " + after + "\r\n" : "");
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /// Reads until the server or somebody else closes it; the status of the answer, 0 without one.
    int read(Consumer<Frame> reader) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String status = in.readLine();
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            return status == null ? 0 : Integer.parseInt(status.split(" ")[1]);
        }
        String id = null;
        String event = "";
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !event.isEmpty()) {
                // A frame counts when its empty line has come; what was cut before it was never there.
                reader.accept(new Frame(id, event, data));
                id = null;
                event = "";
                data = "";
            }
        }
        return 200;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
