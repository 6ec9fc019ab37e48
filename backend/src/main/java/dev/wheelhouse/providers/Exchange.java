package dev.wheelhouse.providers;

import dev.wheelhouse.frames.Refusal;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Sends a question to a server, follows it to where it has moved on the same host, and opens what comes back.
final class Exchange {

    private static final int LONGEST_REFUSAL = 64 << 10;
    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> MOVED = Set.of(301, 302, 307, 308);

    private final Streaming streaming;
    private final String place;
    private final String url;
    private final Map<String, List<String>> headers;

    Exchange(Streaming streaming, String place, String url, Map<String, List<String>> headers) {
        this.streaming = streaming;
        this.place = place;
        this.url = url;
        this.headers = headers;
    }

    /// The body of a good answer, watched by the limit. Whatever else comes back is a [Refusal].
    InputStream ask(String body, TimeLimit limit) throws IOException, InterruptedException, Refusal, TryFailed {
        String to = url;
        for (int moves = 0; ; moves++) {
            HttpResponse<InputStream> response = streaming.post(to, headers, body, limit.left());
            InputStream in = limit.watch(response.body());
            if (MOVED.contains(response.statusCode()) && moves < MOST_REDIRECTS) {
                in.close();
                to = moved(to, response);
            } else if (response.statusCode() / 100 != 2) {
                throw refusal(response, in);
            } else {
                return opened(response, in);
            }
        }
    }

    /// A server that has moved to another host is not trusted with the key.
    private String moved(String from, HttpResponse<?> response) throws TryFailed {
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

    private Refusal refusal(HttpResponse<?> response, InputStream in) throws TryFailed {
        String body = "";
        try (in) {
            body = new String(opened(response, in).readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            // The status says enough.
        }
        return Refusal.of(response.statusCode(), response.headers(), body);
    }

    /// Unpacked, whether the server says that it has packed it or not.
    private InputStream opened(HttpResponse<?> response, InputStream in) throws IOException, TryFailed {
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
                return isGzip ? new GZIPInputStream(peeked) : peeked;
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
