package dev.wheelhouse.modules;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.outbound.Streaming;
import dev.wheelhouse.providers.Providers;
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

    private static final int LONGEST_REFUSAL = 64 << 10;

    private final Streaming streaming;
    private final String place;
    private final Duration most;

    /// @param most until the head of an answer is there
    SpeakHttp(Streaming streaming, String place, Duration most) {
        this.streaming = streaming;
        this.place = place;
        this.most = most;
    }

    /// A failure on its way through the library, which knows no such thing.
    static final class Carried extends RuntimeException {
        final TryFailed failure;

        Carried(TryFailed failure) {
            super(failure.getMessage(), failure, false, false);
            this.failure = failure;
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<InputStream> response =
                    streaming.send(request.method().name(), request.url(), request.headers(), request.body(), most);
            try (InputStream body = response.body()) {
                if (response.statusCode() / 100 != 2) {
                    String said = new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
                    listener.onError(
                            new Carried(Providers.refused(place, response.statusCode(), response.headers(), said)));
                } else {
                    parser.parse(body, listener);
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
