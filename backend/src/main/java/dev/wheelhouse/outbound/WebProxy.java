package dev.wheelhouse.outbound;

import dev.wheelhouse.base.Problem;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proxy that speaks HTTP.
///
/// @param user whom it wants to know, with the password; null where it lets everybody through
record WebProxy(String host, int port, @Nullable String user, String password) {

    static @Nullable WebProxy read(@Nullable String text, String key, List<Problem.Mistake> mistakes) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String address = text.strip();
        try {
            var uri = URI.create(address.contains("://") ? address : "http://" + address);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getPort() <= 65_535) {
                int port = uri.getPort() < 1 ? 80 : uri.getPort();
                return of(uri.getHost(), port, uri.getRawUserInfo());
            }
        } catch (IllegalArgumentException e) {
            // said below, without the address, which may hold a password
        }
        mistakes.add(Problem.Mistake.at(
                key, "Not the address of an HTTP proxy", "Write it as http://host:port, or remove it"));
        return null;
    }

    private static WebProxy of(String host, int port, @Nullable String login) {
        if (login == null || login.isEmpty()) {
            return new WebProxy(host, port, null, "");
        }
        int colon = login.indexOf(':');
        return colon < 0
                ? new WebProxy(host, port, decoded(login), "")
                : new WebProxy(host, port, decoded(login.substring(0, colon)), decoded(login.substring(colon + 1)));
    }

    /// What it is sent as Proxy-Authorization.
    @Nullable
    String authorization() {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return user == null ? null : "Basic " + Base64.getEncoder().encodeToString(login);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Unresolved: whoever connects looks the name up.
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
