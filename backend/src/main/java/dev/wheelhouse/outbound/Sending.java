package dev.wheelhouse.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request that is to be sent.
///
/// @param headers for every address that the request gets to
/// @param bound headers for some addresses only
/// @param timeout for all of it, redirects and the answer's body included
/// @param mostBytes of the answer's body that are read
public record Sending(
        String method,
        String url,
        Map<String, String> headers,
        List<BoundHeader> bound,
        @Nullable String body,
        Duration timeout,
        int mostBytes) {

    public static Sending get(String url, Map<String, String> headers, List<BoundHeader> bound) {
        return new Sending("GET", url, headers, bound, null, Duration.ofSeconds(30), 1 << 20);
    }

    /// A body of JSON; the answer's own does not matter much.
    public static Sending post(String url, Map<String, String> headers, String json) {
        return new Sending("POST", url, headers, List.of(), json, Duration.ofSeconds(10), 1 << 16);
    }

    /// The same, with headers that go to some addresses only.
    public Sending with(List<BoundHeader> bound) {
        return new Sending(method, url, headers, bound, body, timeout, mostBytes);
    }

    public Sending within(Duration time, int bytes) {
        return new Sending(method, url, headers, bound, body, time, bytes);
    }

    /// The beginning of an answer.
    ///
    /// @param url where it came from, after redirects
    /// @param type its content type as the server wrote it, empty without one
    /// @param headers the first of each name, in lower case
    public record Head(URI url, int status, String type, Map<String, String> headers) {
        /// Empty without one.
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /// Makes something of an answer while its body arrives.
    @FunctionalInterface
    public interface Reader<T> {
        /// @param body ends after the most bytes that were asked for
        T read(Head head, InputStream body) throws IOException;
    }
}
