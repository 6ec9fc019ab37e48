package dev.wheelhouse.providers;

import dev.wheelhouse.credentials.Credentials;
import dev.wheelhouse.frames.EventStream;
import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Sends a question to a server, follows it to where it has moved on the same host, and opens what comes back.
final class Exchange {

    private static final int LONGEST_REFUSAL = 64 << 10;
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

    private final Streaming streaming;
    private final String place;
    private final Where where;
    private final Map<String, String> headers;
    private final Credentials credentials;

    /// Where a question goes, by whether its answer shall come in pieces.
    @FunctionalInterface
    interface Where {
        String of(boolean streams);
    }

    /// @param headers of every request; they stand over those of the credentials
    Exchange(Streaming streaming, String place, Where where, Map<String, String> headers, Credentials credentials) {
        this.streaming = streaming;
        this.place = place;
        this.where = where;
        this.headers = headers;
        this.credentials = credentials;
    }

    /// Whether whole answers are asked for at another address than those in pieces.
    boolean knowsTwoAddresses() {
        return !where.of(true).equals(where.of(false));
    }

    /// True where the server may believe other credentials than those that it has refused.
    boolean renew() {
        return credentials.renew();
    }

    /// The body of a good answer, watched by the limit. Whatever else comes back is a [Refusal].
    InputStream ask(String body, boolean streams, TimeLimit limit)
            throws IOException, InterruptedException, Refusal, TryFailed {
        String to = where.of(streams);
        for (int moves = 0; ; moves++) {
            Streaming.Answer response = streaming.post(to, headers(to, body), body, limit.left());
            InputStream in = limit.watch(response.body());
            if (MOVED.contains(response.status()) && moves < MOST_REDIRECTS) {
                in.close();
                to = moved(to, response);
            } else if (response.status() / 100 != 2) {
                throw refusal(response, in);
            } else {
                return opened(response, in);
            }
        }
    }

    private Map<String, List<String>> headers(String to, String body)
            throws IOException, InterruptedException, TryFailed {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        credentials.headers(URI.create(to), body).forEach((name, value) -> all.put(name, List.of(value)));
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }

    /// A server that has moved to another host is not trusted with the key.
    private String moved(String from, Streaming.Answer response) throws TryFailed {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI here = URI.create(from);
            URI there = here.resolve(location.strip());
            boolean isSafe = there.getScheme() != null
                    && (there.getScheme().equals("https") || there.getScheme().equals(here.getScheme()));
            if (!location.isBlank() && isSafe && String.valueOf(here.getHost()).equals(there.getHost())) {
                return there.toString();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new TryFailed(
                "refused",
                "%s has moved to \"%s\"".formatted(place, location),
                "If that is right, write it as the target's url",
                Remedy.OTHER_TARGET);
    }

    private Refusal refusal(Streaming.Answer response, InputStream in) throws TryFailed {
        String body = "";
        try (in) {
            body = new String(opened(response, in).readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            // The status says enough.
        }
        return Refusal.of(response.status(), response.headers(), body);
    }

    /// Unpacked, whether the server says that it has packed it or not.
    private InputStream opened(Streaming.Answer response, InputStream in) throws IOException, TryFailed {
        String packed = response.headers()
                .firstValue("Content-Encoding")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        switch (packed) {
            case "", "identity", "none", "utf-8", "gzip", "x-gzip" -> {
                var peeked = new PushbackInputStream(in, 2);
                byte[] first = peeked.readNBytes(2);
                peeked.unread(first);
                boolean isGzip = first.length == 2 && (first[0] & 0xFF) == 0x1F && (first[1] & 0xFF) == 0x8B;
                boolean isBinary = first.length == 2 && first[0] == 0;
                return isGzip ? new GZIPInputStream(peeked) : isBinary ? new EventStream(peeked) : peeked;
            }
            case "deflate" -> {
                return new InflaterInputStream(in);
            }
            default ->
                throw new TryFailed(
                        "bad_answer",
                        "%s packed its answer as \"%s\", which nobody asked for".formatted(place, packed),
                        "Turn it off on the server or on the proxy before it",
                        Remedy.OTHER_TARGET);
        }
    }
}
