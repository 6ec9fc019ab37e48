package dev.wheelhouse.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends requests to addresses that the operator has set and hands over answers that arrive over minutes, many on one
/// connection where the other side can.
///
/// The JDK's client looks names up by itself. So it is for operators' addresses only.
public final class Streaming {

    private final HttpClient client;
    private final Proxies proxies;
    private final @Nullable CheckedNames checked;
    private final Duration connect;

    Streaming(
            Duration connect,
            boolean encrypted,
            Proxies proxies,
            @Nullable SSLContext trust,
            @Nullable CheckedNames checked) {
        this.connect = connect;
        this.proxies = proxies;
        this.checked = checked;
        // Small servers stumble over the upgrade to HTTP/2 that the JDK's client offers on plain connections.
        var builder = HttpClient.newBuilder()
                .connectTimeout(connect)
                .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .proxy(proxies)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    public Duration connectTimeout() {
        return connect;
    }

    /// The answer with its body still arriving; the caller closes it. An interrupt ends the connection.
    public HttpResponse<InputStream> send(String method, String url, Map<String, List<String>> headers, String body)
            throws IOException, InterruptedException {
        var uri = URI.create(url);
        if (checked != null) {
            checked.resolve(uri.getHost());
        }
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        var proxy = proxies.of(uri);
        if (proxy != null && proxy.user() != null) {
            request.header("Proxy-Authorization", String.valueOf(proxy.authorization()));
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }
}
