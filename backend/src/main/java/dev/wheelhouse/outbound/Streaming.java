package dev.wheelhouse.outbound;

import dev.wheelhouse.base.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends requests to addresses that the operator has set and hands over answers that arrive over minutes, many on one
/// connection where the other side can.
///
/// What is encrypted or goes through a proxy is left to the JDK's client, which looks names up by itself. So it is for
/// operators' addresses only.
public final class Streaming {

    /// How an operator's address is reached.
    ///
    /// @param connect how long a connection may take
    /// @param encrypted whether the address begins with `https:`
    /// @param proxy `http://host:port` for this address alone, `none` for no proxy, null for the usual ones
    /// @param caBundle a PEM file of authorities that are trusted here beside the usual ones, or null
    public record Way(
            Duration connect,
            boolean encrypted,
            @Nullable String proxy,
            @Nullable String caBundle) {}

    /// How [#post] asks.
    public static final String POST = "POST";

    /// What came back, its body still arriving.
    public record Answer(int status, HttpHeaders headers, InputStream body) {}

    private final Way way;
    private final Proxies proxies;
    private final @Nullable SSLContext trust;
    private final CheckedNames names;
    private final PlainClient plain;
    private @Nullable HttpClient client;

    Streaming(Way way, Proxies proxies, @Nullable SSLContext trust, CheckedNames names) {
        this.way = way;
        this.proxies = proxies;
        this.trust = trust;
        this.names = names;
        plain = new PlainClient(names, way.connect());
    }

    public Duration connectTimeout() {
        return way.connect();
    }

    /// Made at the first use: a server nearby needs none.
    private synchronized HttpClient client() {
        if (client == null) {
            // Small servers stumble over the upgrade to HTTP/2 that the JDK's client offers on plain connections.
            var builder = HttpClient.newBuilder()
                    .connectTimeout(way.connect())
                    .version(way.encrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                    .proxy(proxies)
                    .executor(Executors.newVirtualThreadPerTaskExecutor());
            client = (trust == null ? builder : builder.sslContext(trust)).build();
        }
        return client;
    }

    /// Sends a body of JSON, as [#send] does.
    public Answer post(String url, Map<String, List<String>> headers, String json, Duration most)
            throws IOException, InterruptedException {
        return send(POST, url, headers, json, most);
    }

    /// The answer with its body still arriving; the caller closes it. An interrupt ends the connection.
    ///
    /// @param most until the head of the answer is there; then HttpTimeoutException
    public Answer send(String method, String url, Map<String, List<String>> headers, String body, Duration most)
            throws IOException, InterruptedException {
        var uri = URI.create(url);
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        var trace = Trace.now();
        if (trace != null) {
            request.header(Trace.HEADER, trace.header());
        }
        var proxy = proxies.of(uri);
        if (proxy == null && "http".equalsIgnoreCase(uri.getScheme())) {
            return plain.send(request.build(), body.getBytes(StandardCharsets.UTF_8), most);
        }
        if (proxy != null && proxy.user() != null) {
            request.header("Proxy-Authorization", String.valueOf(proxy.authorization()));
        }
        if (!names.allowPrivate()) {
            names.resolve(uri.getHost());
        }
        return sent(request.build(), most);
    }

    private Answer sent(HttpRequest request, Duration most) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = client().sendAsync(request, _ -> new Arriving());
        try {
            var got = answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(got.statusCode(), got.headers(), got.body());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within %d ms".formatted(most.toMillis()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
