package dev.wheelhouse.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Effect;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a page of a host that the agent may reach.
///
/// The host must be on the agent's list; then its name is resolved once, every address is checked, and the connection
/// goes to the checked addresses. Each redirect goes through all of it again. No proxy, no cookies, no credentials.
@Singleton
final class HttpFetchTool implements Tool {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFetchTool.class);
    private static final int MOST_REDIRECTS = 5;

    /// Turns a host name into addresses; another one in tests.
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final HttpFetchConfig config;
    private final CloseableHttpClient client;
    private final ReadPage page;

    @Inject
    HttpFetchTool(HttpFetchConfig config) {
        this(config, new LookUp());
    }

    HttpFetchTool(HttpFetchConfig config, Names names) {
        this.config = config;
        page = new ReadPage(config.maxBytes());
        var connection = ConnectionConfig.custom()
                .setConnectTimeout(Timeout.ofSeconds(5))
                .setSocketTimeout(Timeout.ofSeconds(10))
                .build();
        client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedNames(names, config.allowPrivate()))
                        .setDefaultConnectionConfig(connection)
                        .setMaxConnPerRoute(20)
                        .setMaxConnTotal(200)
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setRedirectsEnabled(false).build())
                .setUserAgent("Wheelhouse")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    /// What the client connects to is what was checked here: it resolves no name by any other way.
    private record CheckedNames(Names names, boolean allowPrivate) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var addresses = names.resolve(host);
            for (var address : addresses) {
                if (!allowPrivate && !Addresses.isPublic(address)) {
                    throw new Problem(
                            ErrorCode.FORBIDDEN,
                            "\"%s\" leads to %s, which is not on the public internet"
                                    .formatted(host, address.getHostAddress()),
                            "Ask for a public page");
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Override
    public String name() {
        return "http_fetch";
    }

    @Override
    public String description() {
        return "Reads a web page or file as text. Only some hosts may be reached; others are refused with their names.";
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return config.timeout();
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["url"], "properties": {
                  "url": {"type": "string", "minLength": 1, "maxLength": 2000, "description": "http or https"}}}""";
    }

    @Override
    public JsonNode call(JsonNode arguments, Surroundings surroundings) {
        String url = arguments.path("url").asText();
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var answer = get(allowed(url, surroundings.allowedHosts()));
            if (answer.redirect() == null) {
                return answer.json();
            }
            url = answer.redirect();
        }
        throw new Problem(ErrorCode.BAD_REQUEST, "\"%s\" redirects more than %d times".formatted(url, MOST_REDIRECTS));
    }

    private static URI allowed(String url, List<String> hosts) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException e) {
            throw new Problem(ErrorCode.INVALID_ARGUMENTS, "\"%s\" is no address".formatted(Text.shorten(url, 200)));
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new Problem(
                    ErrorCode.INVALID_ARGUMENTS,
                    "\"%s\" cannot be fetched".formatted(Text.shorten(url, 200)),
                    "Use http:// or https:// and a host, without a user name");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (hosts.stream().noneMatch(pattern -> fits(pattern, host))) {
            throw new Problem(
                    ErrorCode.FORBIDDEN,
                    "This agent may not reach \"%s\"".formatted(host),
                    hosts.isEmpty() ? "It may reach no host" : "It may reach: " + String.join(", ", hosts));
        }
        return uri;
    }

    /// `*.example.org` fits every host below example.org, not example.org itself.
    static boolean fits(String pattern, String host) {
        String wanted = IDN.toASCII(pattern.startsWith("*.") ? pattern.substring(2) : pattern)
                .toLowerCase(Locale.ROOT);
        return pattern.startsWith("*.") ? host.endsWith("." + wanted) : host.equals(wanted);
    }

    private record Answer(@Nullable String redirect, JsonNode json) {}

    /// The connection is closed, not drained: a body without end costs no more than what is read of it.
    private Answer get(URI uri) {
        var request = new HttpGet(uri);
        request.setHeader("Accept", "text/html, text/plain, application/json, text/*;q=0.8, */*;q=0.1");
        try {
            var response = client.executeOpen(HttpHost.create(uri), request, null);
            try {
                return answer(uri, response);
            } finally {
                leave(request, response);
            }
        } catch (UnknownHostException e) {
            throw unreachable(uri, "its host name is not known", "Check the spelling");
        } catch (SSLException e) {
            throw unreachable(uri, "its certificate is not accepted", "Ask for another page");
        } catch (IOException e) {
            throw unreachable(uri, "its host did not answer as it should", "Try again later or ask for another page");
        }
    }

    private static void leave(HttpGet request, ClassicHttpResponse response) {
        request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            LOG.debug("A connection was closed in the middle of a body, as intended", e);
        }
    }

    private static Problem unreachable(URI uri, String why, String hint) {
        return new Problem(
                ErrorCode.BAD_REQUEST, "Cannot fetch \"%s\": %s".formatted(Text.shorten("" + uri, 200), why), hint);
    }

    private Answer answer(URI uri, ClassicHttpResponse response) throws IOException {
        var location = response.getFirstHeader("Location");
        if (response.getCode() / 100 == 3 && location != null) {
            return new Answer(follow(uri, location.getValue()), Json.mapper().nullNode());
        }
        var json = Json.mapper().createObjectNode().put("url", uri.toString()).put("status", response.getCode());
        var entity = response.getEntity();
        return new Answer(null, entity == null ? json : page.read(json, entity));
    }

    private static String follow(URI from, String location) {
        try {
            return from.resolve(location.strip()).toString();
        } catch (IllegalArgumentException e) {
            throw unreachable(from, "it redirects to what is no address", "Ask for another page");
        }
    }
}
