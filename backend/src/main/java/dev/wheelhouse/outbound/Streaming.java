package dev.wheelhouse.outbound;

import dev.wheelhouse.base.Trace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
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
/// The JDK's client looks names up by itself. So it is for operators' addresses only.
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

    private final HttpClient client;
    private final Proxies proxies;
    private final @Nullable CheckedNames checked;
    private final Duration connect;

    Streaming(Way way, Proxies proxies, @Nullable SSLContext trust, @Nullable CheckedNames checked) {
        this.connect = way.connect();
        this.proxies = proxies;
        this.checked = checked;
        // Small servers stumble over the upgrade to HTTP/2 that the JDK's client offers on plain connections.
        var builder = HttpClient.newBuilder()
                .connectTimeout(connect)
                .version(way.encrypted() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .proxy(proxies)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    public Duration connectTimeout() {
        return connect;
    }

    /// Sends a body of JSON, as [#send] does.
    public HttpResponse<InputStream> post(String url, Map<String, List<String>> headers, String json, Duration most)
            throws IOException, InterruptedException {
        return send(POST, url, headers, json, most);
    }

    /// The answer with its body still arriving; the caller closes it. An interrupt ends the connection.
    ///
    /// @param most until the head of the answer is there; then HttpTimeoutException
    public HttpResponse<InputStream> send(
            String method, String url, Map<String, List<String>> headers, String body, Duration most)
            throws IOException, InterruptedException {
        var uri = URI.create(url);
        if (checked != null) {
            checked.resolve(uri.getHost());
        }
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        var trace = Trace.now();
        if (trace != null) {
            request.header(Trace.HEADER, trace.header());
        }
        var proxy = proxies.of(uri);
        if (proxy != null && proxy.user() != null) {
            request.header("Proxy-Authorization", String.valueOf(proxy.authorization()));
        }
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request.build(), _ -> new Arriving());
        try {
            return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within %d ms".formatted(most.toMillis()));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
