package dev.wheelhouse.ingestion;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.crawl.Robots;
import dev.wheelhouse.documents.Document;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Reach;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.parsing.Reason;
import dev.wheelhouse.parsing.UnreadableException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Fetches a document from its address: one that a tenant chose, so only from the public internet.
@Singleton
final class FetchDocument {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int REDIRECTS = 5;

    private final KnowledgeConfig config;
    private final Outbound outbound;

    FetchDocument(KnowledgeConfig config, Outbound outbound) {
        this.config = config;
        this.outbound = outbound;
    }

    /// What its server sent.
    ///
    /// @param url where it came from in the end
    /// @param status of HTTP
    record Fetched(String url, int status, String mediaType, byte[] bytes) {}

    Fetched fetch(Document document) throws UnreadableException {
        var answer = fetch(String.valueOf(document.source().url()));
        if (answer.status() != 200) {
            throw new UnreadableException(Reason.FETCH_FAILED, "The server answered %d".formatted(answer.status()));
        }
        return answer;
    }

    /// Whatever the status is.
    Fetched fetch(String url) throws UnreadableException {
        var sending = Sending.get(
                        url,
                        Map.of(
                                "User-Agent",
                                Robots.NAME,
                                "Accept",
                                "text/html, application/pdf, text/*;q=0.9, */*;q=0.5"),
                        List.of())
                .within(LONGEST, config.maxFile() + 1);
        try {
            var answer = outbound.send(
                    sending, new Reach(null, config.allowPrivate(), REDIRECTS, false), FetchDocument::read);
            if (answer.bytes().length > config.maxFile()) {
                throw new UnreadableException(
                        Reason.TOO_LARGE, "It has more than %,d bytes".formatted(config.maxFile()));
            }
            return answer;
        } catch (Problem e) {
            boolean isRefused = e.code() == ErrorCode.FORBIDDEN;
            throw new UnreadableException(isRefused ? Reason.FETCH_REFUSED : Reason.FETCH_FAILED, e.message());
        }
    }

    private static Fetched read(Sending.Head head, InputStream body) throws IOException {
        return new Fetched(head.url().toString(), head.status(), head.type(), body.readAllBytes());
    }
}
