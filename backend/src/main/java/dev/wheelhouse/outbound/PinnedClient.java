package dev.wheelhouse.outbound;

import dev.wheelhouse.base.Trace;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client that connects to the addresses that were checked and to no other. No cookies, no credentials but those
/// of a proxy, no redirect on its own.
final class PinnedClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedClient.class);

    private static final String CONTENT_TYPE = "Content-Type";

    private final CheckedNames names;
    private final @Nullable WebProxy proxy;
    private final @Nullable SSLContext trust;
    private @Nullable CloseableHttpClient client;

    PinnedClient(CheckedNames names, @Nullable WebProxy proxy, @Nullable SSLContext trust) {
        this.names = names;
        this.proxy = proxy;
        this.trust = trust;
    }

    /// What came of one request: an answer, or where to ask instead.
    record Hop<T>(@Nullable String redirect, @Nullable T answer) {}

    /// The connection is closed, not drained: a body without end costs no more than what is read of it.
    <T> Hop<T> exchange(URI uri, Sending sending, boolean mayFollow, long millis, Sending.Reader<T> reader)
            throws IOException {
        var request = request(uri, sending);
        // A server may be silent for as long as the whole may take, which is the timer's to say: it works, or has
        // nothing to
        // say yet.
        request.setConfig(RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setResponseTimeout(Timeout.ofMilliseconds(millis + 1_000))
                .build());
        var time = new CompletableFuture<Boolean>().completeOnTimeout(true, millis, TimeUnit.MILLISECONDS);
        time.thenAccept(_ -> request.cancel());
        var context = HttpClientContext.create();
        try {
            var response = client().executeOpen(HttpHost.create(uri), request, context);
            try {
                checkSpeaker(uri, context);
                return read(uri, response, sending, mayFollow, reader);
            } finally {
                leave(request, response);
            }
        } catch (IOException e) {
            throw time.isDone() ? new TimeUpException(e) : e;
        } finally {
            time.cancel(false);
        }
    }

    /// A proxy that lets nobody through answers in the place of whoever was asked.
    private static void checkSpeaker(URI uri, HttpClientContext context) throws IOException {
        if ("https".equalsIgnoreCase(uri.getScheme()) && context.getSSLSession() == null) {
            throw new IOException("The proxy refuses the connection");
        }
    }

    /// The time for the whole of a request is over.
    static final class TimeUpException extends IOException {
        TimeUpException(IOException cause) {
            super("The time is up", cause);
        }
    }

    private static HttpUriRequestBase request(URI uri, Sending sending) {
        var request = new HttpUriRequestBase(sending.method(), uri);
        var trace = Trace.now();
        if (trace != null) {
            request.setHeader(Trace.HEADER, trace.header());
        }
        sending.headers().forEach((name, value) -> {
            if (!name.equals(CONTENT_TYPE)) {
                request.setHeader(name, value);
            }
        });
        sending.bound().stream()
                .filter(header -> header.to().test(uri))
                .forEach(header -> request.setHeader(header.name(), header.value()));
        if (sending.body() != null) {
            request.setEntity(new StringEntity(sending.body(), type(sending.headers())));
        }
        return request;
    }

    private static ContentType type(Map<String, String> headers) {
        String own = headers.get(CONTENT_TYPE);
        return own == null ? ContentType.APPLICATION_JSON.withCharset("UTF-8") : ContentType.parse(own);
    }

    private static <T> Hop<T> read(
            URI uri, ClassicHttpResponse response, Sending sending, boolean mayFollow, Sending.Reader<T> reader)
            throws IOException {
        var location = response.getFirstHeader("Location");
        if (mayFollow && response.getCode() / 100 == 3 && location != null) {
            return new Hop<>(location.getValue(), null);
        }
        var entity = response.getEntity();
        String type = entity == null || entity.getContentType() == null ? "" : entity.getContentType();
        var body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        var headers = new HashMap<String, String>();
        for (var header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        var head = new Sending.Head(uri, response.getCode(), type, headers);
        return new Hop<>(null, reader.read(head, new Capped(body, sending.mostBytes())));
    }

    private static void leave(HttpUriRequestBase request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            LOG.debug("A connection was closed in the middle of a body, as intended", e);
        }
    }

    /// Made at the first use: many a replica never needs one.
    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = open();
        }
        return client;
    }

    private CloseableHttpClient open() {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(names)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        .setSocketTimeout(Timeout.ofSeconds(10))
                        .build())
                .setMaxConnPerRoute(20)
                .setMaxConnTotal(200);
        // Servers send the addresses of redirects in UTF-8, and browsers read them so.
        connections.setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                .charCodingConfig(CharCodingConfig.custom()
                        .setCharset(StandardCharsets.UTF_8)
                        .build())
                .build());
        if (trust != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(trust));
        }
        var builder = HttpClients.custom()
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setRedirectsEnabled(false).build())
                .setUserAgent("Wheelhouse")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching();
        if (proxy != null) {
            builder.setProxy(new HttpHost("http", proxy.host(), proxy.port()));
            if (proxy.user() != null) {
                var login = new BasicCredentialsProvider();
                login.setCredentials(
                        new AuthScope(proxy.host(), proxy.port()),
                        new UsernamePasswordCredentials(
                                proxy.user(), proxy.password().toCharArray()));
                builder.setDefaultCredentialsProvider(login);
            }
        }
        return builder.build();
    }

    @Override
    public synchronized void close() throws IOException {
        if (client != null) {
            client.close();
        }
    }

    /// The beginning of a stream: ends after so many bytes, whatever follows.
    private static final class Capped extends FilterInputStream {

        private int left;

        Capped(InputStream whole, int most) {
            super(whole);
            left = most;
        }

        @Override
        public int read() throws IOException {
            int read = left > 0 ? super.read() : -1;
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = left > 0 ? super.read(into, from, Math.min(length, left)) : -1;
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = super.skip(Math.min(bytes, left));
            left -= (int) skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
