package dev.wheelhouse.documents;

import dev.wheelhouse.parsing.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something to look things up in, and how far it is read.
///
/// @param key what stays the same over its versions, such as its path or address
/// @param labels JSON text of an object of texts
public record Document(
        UUID id,
        UUID collection,
        String key,
        int version,
        String name,
        String title,
        Source source,
        Progress progress,
        Content content,
        String labels,
        @Nullable UUID run,
        Times times) {

    /// The same, with the run that makes it ready.
    public Document readBy(UUID run) {
        return new Document(id, collection, key, version, name, title, source, progress, content, labels, run, times);
    }

    /// Where it came from.
    ///
    /// @param kind `upload`, `text`, `url` or `crawl`
    /// @param size in bytes
    /// @param crawl how far links are followed from it, as [dev.wheelhouse.crawl.Crawl] writes it
    public record Source(
            String kind,
            @Nullable String url,
            String mediaType,
            long size,
            @Nullable String createdBy,
            @Nullable String crawl) {}

    /// How far it is.
    ///
    /// @param done of `total` parts of the stage
    /// @param reason why it cannot be searched, where it has failed or waits
    public record Progress(
            State state,
            Stage stage,
            int done,
            int total,
            Instant since,
            @Nullable Reason reason,
            @Nullable String detail) {}

    /// What is in it.
    ///
    /// @param emptyPages their numbers
    /// @param language ISO 639-1, or `auto` before it is known
    public record Content(int pages, List<Integer> emptyPages, List<String> warnings, int passages, String language) {}

    public record Times(Instant createdAt, @Nullable Instant readyAt) {}

    /// Where a document stands.
    public enum State {
        /// Its bytes are arriving.
        RECEIVING(false),
        /// Waits for its run.
        QUEUED(false),
        RUNNING(false),
        READY(true),
        FAILED(true),
        CANCELLED(true);

        private final boolean ended;

        State(boolean ended) {
            this.ended = ended;
        }

        public boolean isEnded() {
            return ended;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// What is done to a document, in this order.
    public enum Stage {
        RECEIVE(Duration.ofHours(24)),
        FETCH(Duration.ofSeconds(60)),
        PARSE(Duration.ofSeconds(40)),
        SPLIT(Duration.ofSeconds(60)),
        EMBED(Duration.ofMinutes(30)),
        PUBLISH(Duration.ofSeconds(60));

        private final Duration longest;

        Stage(Duration longest) {
            this.longest = longest;
        }

        /// How long it may take; what takes longer has failed or waits for a replica.
        public Duration longest() {
            return longest;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Stage of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
