package dev.wheelhouse.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// An HTTP server of the harness on a free port. A caller that was killed in the middle is no error of ours.
final class LocalServer implements AutoCloseable {

    private final HttpServer server;

    LocalServer(String host, HttpHandler handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(host, 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                handler.handle(exchange);
            } catch (IOException e) {
                // Its process is gone.
            }
        });
        server.start();
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://%s:%d".formatted(server.getAddress().getHostString(), port());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
