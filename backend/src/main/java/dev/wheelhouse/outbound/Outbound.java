package dev.wheelhouse.outbound;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The only way out: whoever asks another computer for something asks here.
@Singleton
public final class Outbound implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final OutboundConfig config;
    private final boolean proxyForAll;
    private final Proxies proxies;
    private final @Nullable SSLContext trust;
    private final CheckedNames publicOnly;
    private final CheckedNames anywhere;
    private final PinnedClient toPublic;
    private final PinnedClient toAnywhere;
    private final Map<WebProxy, PinnedClient> throughProxies = new ConcurrentHashMap<>();

    @Inject
    Outbound(OutboundConfig config, ProxyConfig proxy) {
        this(config, proxy, System::getenv, new Names.LookUp());
    }

    /// Lets every client in this process trust the authorities of the file too, those of drivers and libraries with
    /// connections of their own among them. Comes before the first TLS connection. What is wrong with the file, the
    /// constructor tells, which reads it again.
    ///
    /// @param caBundle the setting `outbound.ca-bundle`, or null
    /// @throws Problem where the authorities cannot be written to a temporary file, which is what the JVM reads
    public static void trustEverywhere(@Nullable String caBundle) {
        Trust.everywhere(caBundle);
    }

    /// Refuses with all that is wrong with the settings.
    Outbound(OutboundConfig config, ProxyConfig proxy, Function<String, @Nullable String> environment, Names names) {
        var mistakes = new ArrayList<Problem.Mistake>();
        this.config = config;
        proxyForAll = proxy.untrusted();
        trust = Trust.read(config.caBundle(), "outbound.ca-bundle", mistakes);
        proxies = Proxies.read(proxy, environment, mistakes);
        if (!mistakes.isEmpty()) {
            throw new Problem(
                    ErrorCode.NOT_READY,
                    "The settings for outbound connections have mistakes",
                    "Correct them",
                    mistakes);
        }
        publicOnly = new CheckedNames(names, false);
        anywhere = new CheckedNames(names, true);
        toPublic = new PinnedClient(publicOnly, null, trust);
        toAnywhere = new PinnedClient(anywhere, null, trust);
        tellProxies();
    }

    private void tellProxies() {
        if (!proxies.isEmpty()) {
            LOG.info("Outbound connections use proxies: {}.", proxies);
        }
        if (proxies.wantLogin()) {
            // The JDK's client would not show a proxy its password before an encrypted connection; it reads this once.
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    /// With the usual settings and without a proxy: for tests and benchmarks of whatever goes out.
    public static Outbound direct() {
        return new Outbound(OutboundConfig.DEFAULT, ProxyConfig.NONE, _ -> null, new Names.LookUp());
    }

    /// How far a request to an address goes that the operator has set: to it and no further.
    public Reach operators() {
        return new Reach(null, config.allowPrivate(), 0, true);
    }

    /// Sends it and reads the answer on the calling thread, which may be interrupted. Refuses with a [Problem] that
    /// says which address could not be asked and why; each redirect is checked as the first address was.
    public <T> T send(Sending sending, Reach reach, Sending.Reader<T> reader) {
        long end = System.nanoTime() + sending.timeout().toNanos();
        String url = sending.url();
        for (int redirects = 0; redirects <= reach.redirects(); redirects++) {
            var uri = reach.check(url);
            long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
            var hop = exchange(uri, sending, reach, left, reader);
            if (hop.redirect() == null) {
                return hop.answer();
            }
            url = WebAddress.follow(uri, hop.redirect()).toString();
        }
        throw new Problem(
                ErrorCode.BAD_REQUEST, "\"%s\" redirects more than %d times".formatted(url, reach.redirects()));
    }

    private <T> PinnedClient.Hop<T> exchange(
            URI uri, Sending sending, Reach reach, long millis, Sending.Reader<T> reader) {
        try {
            return client(uri, reach).exchange(uri, sending, reach.redirects() > 0, millis, reader);
        } catch (UnknownHostException e) {
            throw unreachable(sending, uri, "its host name could not be resolved", "Check the spelling");
        } catch (SSLException e) {
            throw unreachable(
                    sending, uri, "its certificate is not accepted", "An operator can trust it: outbound.ca-bundle");
        } catch (PinnedClient.TimeUpException e) {
            throw unreachable(
                    sending, uri, "it took longer than %,d ms".formatted(millis), "Try again later or ask for less");
        } catch (IOException e) {
            throw unreachable(sending, uri, "its host did not answer properly", "Try again later");
        }
    }

    private PinnedClient client(URI uri, Reach reach) throws UnknownHostException {
        var proxy = reach.isOperators() || proxyForAll ? proxies.of(uri) : null;
        if (proxy == null) {
            return reach.privateAddresses() ? toAnywhere : toPublic;
        }
        if (!reach.privateAddresses()) {
            checkIfKnown(uri.getHost());
        }
        return throughProxies.computeIfAbsent(proxy, through -> new PinnedClient(anywhere, through, trust));
    }

    /// Behind a proxy many a network has no names of the internet; then the proxy alone can tell.
    private void checkIfKnown(String host) {
        try {
            publicOnly.resolve(host);
        } catch (UnknownHostException e) {
            LOG.debug("\"{}\" is not known here. The proxy is asked for it.", host);
        }
    }

    /// For answers that arrive over minutes, from addresses that the operator has set.
    public Streaming streaming(Streaming.Way way) {
        var none = new ArrayList<Problem.Mistake>();
        var own = Trust.read(way.caBundle(), "", none);
        return new Streaming(
                way,
                way.proxy() == null ? proxies : Proxies.only(way.proxy(), "", none),
                own == null ? trust : own,
                config.allowPrivate() ? anywhere : publicOnly);
    }

    /// What is wrong with such a way.
    ///
    /// @param path of the settings that it was made of
    public static List<Problem.Mistake> check(String path, Streaming.Way way) {
        var mistakes = new ArrayList<Problem.Mistake>();
        Trust.read(way.caBundle(), path + ".ca-bundle", mistakes);
        Proxies.only(way.proxy() == null ? Proxies.NONE : way.proxy(), path + ".proxy", mistakes);
        return mistakes;
    }

    /// The address of a webhook may itself be a secret; of what is only read it is not.
    private static Problem unreachable(Sending sending, URI uri, String why, String hint) {
        String what = sending.body() == null
                ? "Cannot fetch \"%s\"".formatted(Text.shorten("" + uri, 200))
                : "Cannot send to \"%s\"".formatted(uri.getHost());
        return new Problem(ErrorCode.BAD_REQUEST, what + ": " + why, hint);
    }

    @Override
    @PreDestroy
    public void close() throws IOException {
        toPublic.close();
        toAnywhere.close();
        for (var client : throughProxies.values()) {
            client.close();
        }
    }
}
