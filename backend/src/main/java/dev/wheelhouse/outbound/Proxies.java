package dev.wheelhouse.outbound;

import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which proxy stands before an address, if any.
final class Proxies extends ProxySelector {

    /// In place of an address: no proxy.
    static final String NONE = "none";

    private final @Nullable WebProxy http;
    private final @Nullable WebProxy https;
    private final NoProxy direct;

    private Proxies(@Nullable WebProxy http, @Nullable WebProxy https, NoProxy direct) {
        this.http = http;
        this.https = https;
        this.direct = direct;
    }

    static Proxies read(
            ProxyConfig config, Function<String, @Nullable String> environment, List<Problem.Mistake> mistakes) {
        String direct = config.noProxy() == null ? variable("NO_PROXY", environment) : config.noProxy();
        return new Proxies(
                proxy(config.http(), "outbound.proxy.http", "HTTP_PROXY", environment, mistakes),
                proxy(config.https(), "outbound.proxy.https", "HTTPS_PROXY", environment, mistakes),
                NoProxy.read(direct));
    }

    /// One proxy, or none, for whatever is asked.
    static Proxies only(String text, String key, List<Problem.Mistake> mistakes) {
        var proxy = text.equals(NONE) ? null : WebProxy.read(text, key, mistakes);
        return new Proxies(proxy, proxy, new NoProxy(List.of()));
    }

    private static @Nullable WebProxy proxy(
            @Nullable String set,
            String key,
            String variable,
            Function<String, @Nullable String> environment,
            List<Problem.Mistake> mistakes) {
        return set == null
                ? WebProxy.read(variable(variable, environment), variable, mistakes)
                : WebProxy.read(set, key, mistakes);
    }

    /// Programs disagree about its letters; most read both.
    private static @Nullable String variable(String name, Function<String, @Nullable String> environment) {
        String small = environment.apply(name.toLowerCase(java.util.Locale.ROOT));
        return small == null || small.isBlank() ? environment.apply(name) : small;
    }

    boolean isEmpty() {
        return http == null && https == null;
    }

    boolean wantLogin() {
        return http != null && http.user() != null || https != null && https.user() != null;
    }

    @Nullable
    WebProxy of(URI uri) {
        var proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
        return proxy == null || direct.contains(uri) ? null : proxy;
    }

    @Override
    public List<Proxy> select(URI uri) {
        var proxy = of(uri);
        return List.of(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy.address()));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException why) {
        // Whoever sent the request is told.
    }

    @Override
    public String toString() {
        return "http %s, https %s".formatted(http == null ? "direct" : http, https == null ? "direct" : https);
    }
}
