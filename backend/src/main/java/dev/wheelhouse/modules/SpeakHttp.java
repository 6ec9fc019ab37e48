package dev.wheelhouse.modules;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Carries langchain4j's requests over [Streaming], on the calling thread.
///
/// Its own carrier answers on foreign threads, drops the Retry-After header and cannot be interrupted. Here a call
/// lasts as long as its stream, an interrupt closes the connection, and a refusal keeps its headers.
final class SpeakHttp implements HttpClient, HttpClientBuilder {

    private static final int LONGEST_REFUSAL = 64 << 10;
    private static final int LONGEST_START = 200;

    private final Streaming streaming;
    private final String place;
    private final Duration most;
    private final Map<String, String> headers;
    private final Credentials credentials;

    /// @param most until the head of an answer is there
    /// @param headers of every request; they stand over those of the credentials
    SpeakHttp(Streaming streaming, String place, Duration most, Map<String, String> headers, Credentials credentials) {
        this.streaming = streaming;
        this.place = place;
        this.most = most;
        this.headers = headers;
        this.credentials = credentials;
    }

    /// True where the server may believe other credentials than those that it has refused.
    boolean renew() {
        return credentials.renew();
    }

    /// A failure on its way through the library, which knows no such thing.
    static final class Carried extends RuntimeException {
        final TryFailed failure;
        final @Nullable Refusal refusal;

        Carried(TryFailed failure) {
            super(failure.getMessage(), failure, false, false);
            this.failure = failure;
            this.refusal = null;
        }

        Carried(Refusal refusal, String place) {
            super(null, refusal, false, false);
            this.failure = refusal.asTryFailed(place);
            this.refusal = refusal;
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            Streaming.Answer response =
                    streaming.send(request.method().name(), request.url(), headers(request), request.body(), most);
            try (var body = new PushbackInputStream(response.body())) {
                if (response.status() / 100 != 2) {
                    String said = new String(body.readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
                    listener.onError(new Carried(Refusal.of(response.status(), response.headers(), said), place));
                } else if (isPage(body)) {
                    String said = new String(body.readNBytes(LONGEST_START), StandardCharsets.UTF_8);
                    listener.onError(new Carried(new TryFailed(
                            "bad_answer",
                            "%s sent something other than an answer: %s".formatted(place, said.strip()),
                            "Check the address of the model server",
                            Remedy.RETRY)));
                } else {
                    var mended = new MendEvents(place, listener);
                    parser.parse(body, mended);
                    mended.onClose();
                }
            }
        } catch (IOException e) {
            listener.onError(e);
        } catch (TryFailed noCredentials) {
            listener.onError(new Carried(noCredentials));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isPage(PushbackInputStream body) throws IOException {
        int first = body.read();
        if (first >= 0) {
            body.unread(first);
        }
        return first == '<';
    }

    /// The library would send a key of its own in place of ours.
    private Map<String, List<String>> headers(HttpRequest request) throws IOException, InterruptedException, TryFailed {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(request.headers());
        all.remove("x-goog-api-key");
        credentials
                .headers(URI.create(request.url()), request.body())
                .forEach((name, value) -> all.put(name, List.of(value)));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
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
