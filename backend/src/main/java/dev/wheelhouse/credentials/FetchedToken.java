package dev.wheelhouse.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.TryFailed;
import dev.wheelhouse.models.TryFailed.Remedy;
import dev.wheelhouse.outbound.Streaming;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A token that is good for a while. It is fetched anew when little of that is left; one thread does so, and the others
/// wait only where the old one is no longer good.
final class FetchedToken implements Credentials {

    private static final Duration RESERVE = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int LONGEST_ANSWER = 64 << 10;
    private static final long USUAL_SECONDS = 3600;
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Type", List.of("application/x-www-form-urlencoded"),
            "Accept", List.of("application/json"),
            "User-Agent", List.of("Wheelhouse"));

    /// @param fresh until when nobody fetches another one
    /// @param good until when it may be used
    private record Token(String text, Instant fresh, Instant good) {}

    private final TokenSource source;
    private final String place;
    private final Streaming streaming;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Token token;

    FetchedToken(TokenSource source, String place, Streaming streaming, InstantSource clock) {
        this.source = source;
        this.place = place;
        this.streaming = streaming;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(URI to, String body) throws IOException, InterruptedException, TryFailed {
        return Map.of("Authorization", "Bearer " + current().text());
    }

    /// Only a token that was used before may have become stale; one that is refused at once would be so again.
    @Override
    public boolean renew() {
        boolean had = token != null;
        token = null;
        return had;
    }

    private Token current() throws IOException, InterruptedException, TryFailed {
        Token had = token;
        Instant now = clock.instant();
        if (had != null && now.isBefore(had.fresh())) {
            return had;
        }
        boolean isGood = had != null && now.isBefore(had.good());
        if (isGood && !fetching.tryLock()) {
            return had;
        }
        if (!isGood) {
            fetching.lockInterruptibly();
        }
        try {
            Token other = token;
            if (other != null && other != had && now.isBefore(other.fresh())) {
                return other;
            }
            Token fetched = fetch(now);
            token = fetched;
            return fetched;
        } catch (IOException | TryFailed e) {
            if (isGood) {
                return had;
            }
            throw e;
        } finally {
            fetching.unlock();
        }
    }

    private Token fetch(Instant now) throws IOException, InterruptedException, TryFailed {
        String form = TokenSource.encoded(source.form(now));
        Streaming.Answer response = streaming.post(source.address(), HEADERS, form, LONGEST);
        String said;
        try (InputStream in = response.body()) {
            said = new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
        }
        JsonNode json = read(said);
        String text = json.path("access_token").asText();
        if (response.status() / 100 != 2 || text.isBlank()) {
            throw refused(response.status(), json);
        }
        long seconds = Math.max(0, json.path("expires_in").asLong(USUAL_SECONDS));
        Instant good = now.plusSeconds(seconds);
        Duration reserve = RESERVE.getSeconds() * 2 > seconds ? Duration.ofSeconds(seconds / 2) : RESERVE;
        return new Token(text, good.minus(reserve), good);
    }

    private static JsonNode read(String said) {
        try {
            return Json.read(said);
        } catch (Problem notJson) {
            return Json.mapper().createObjectNode();
        }
    }

    /// What the server says may repeat what was sent, but never the secret: that is in a form or signed.
    private TryFailed refused(int status, JsonNode json) {
        String words = "%s %s"
                .formatted(
                        json.path("error").asText(),
                        json.path("error_description").asText())
                .strip();
        boolean passes = status >= 500 || status == 429;
        return new TryFailed(
                passes ? "provider_error" : "refused",
                "%s gets no token from \"%s\", which answered with %d%s"
                        .formatted(
                                place,
                                URI.create(source.address()).getHost(),
                                status,
                                words.isEmpty() ? "" : ": " + Text.shorten(words, 200)),
                passes ? null : "Check the account or application in the key of this provider",
                passes ? Remedy.RETRY : Remedy.OTHER_TARGET);
    }
}
