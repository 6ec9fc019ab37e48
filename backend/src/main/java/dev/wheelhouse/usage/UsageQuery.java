package dev.wheelhouse.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What a report is about.
///
/// @param from the first moment that counts
/// @param to the first that does not
public record UsageQuery(By by, Instant from, Instant to, Bucket bucket) {

    /// How long a report goes back where nobody says since when.
    public static final Duration USUAL = Duration.ofDays(30);

    /// What is told apart.
    public enum By {
        /// Nothing: all of it together.
        NONE,
        /// And by workflow; what else runs, such as the reading of documents, has no name.
        AGENT,
        /// Provider and name.
        MODEL,
        /// The name of the key that asked.
        KEY,
        /// For whom it was asked.
        USER,
        THREAD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How long a time makes a row, in UTC.
    public enum Bucket {
        HOUR,
        DAY,
        WEEK,
        MONTH,
        /// The whole time makes one.
        TOTAL;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
