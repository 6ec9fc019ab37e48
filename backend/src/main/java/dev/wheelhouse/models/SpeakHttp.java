package dev.wheelhouse.models;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Carries langchain4j's requests over [Streaming], on the calling thread.
///
/// Its own carrier answers on foreign threads, drops the Retry-After header and cannot be interrupted. Here a call
/// lasts as long as its stream, an interrupt closes the connection, and a refusal keeps its headers.
final class SpeakHttp implements HttpClient, HttpClientBuilder {

    private static final int LONGEST_REFUSAL = 4096;

    private final Streaming streaming;

    SpeakHttp(Streaming streaming) {
        this.streaming = streaming;
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<InputStream> response =
                    streaming.send(request.method().name(), request.url(), request.headers(), request.body());
            try (InputStream body = response.body()) {
                if (response.statusCode() / 100 != 2) {
                    listener.onError(Refusal.of(response, start(body)));
                } else if (isNoStream(response)) {
                    listener.onError(new NoStream(start(body)));
                } else {
                    parser.parse(body, new Wary(listener));
                    listener.onClose();
                }
            }
        } catch (IOException e) {
            listener.onError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("Every answer is streamed");
    }

    /// A proxy's page or a whole JSON answer where a stream of events was asked for.
    private static boolean isNoStream(HttpResponse<?> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.startsWith("text/html") || type.startsWith("application/json");
    }

    private static String start(InputStream body) throws IOException {
        return new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
    }

    /// The status is fine, but the body is not a stream.
    static final class NoStream extends RuntimeException {
        NoStream(String body) {
            super(body, null, false, false);
        }
    }

    /// Sees errors that providers send inside a stream, which langchain4j would read as an empty piece of an answer.
    private record Wary(ServerSentEventListener inner) implements ServerSentEventListener {

        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if ("error".equals(event.event()) || event.data().startsWith("{\"error\"")) {
                inner.onError(new Refusal(500, event.data(), null));
            } else {
                inner.onEvent(event, context);
            }
        }

        @Override
        public void onError(Throwable error) {
            inner.onError(error);
        }
    }

    @Override
    public Duration connectTimeout() {
        return streaming.connectTimeout();
    }

    /// The time is fixed with the client: langchain4j would set its own.
    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ZERO;
    }

    /// The listener watches for silence.
    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
