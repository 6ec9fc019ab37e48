package dev.wheelhouse.runs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// From which time on a claim looks at open runs. Each claim says where the next one begins: with the first open run
/// that it saw, and no later than a minute ago, because a statement's time may be older than its commit by as much as
/// statements may take. While somebody keeps an old snapshot, what has ended stays in the index; behind this time
/// nobody stumbles over it.
///
/// The whole is looked at at first, after each claim that failed, and every five minutes: polling is the truth.
final class ClaimSpan {

    private static final String WHOLE = "-infinity";
    private static final Duration WHOLE_EVERY = Duration.ofMinutes(5);

    private @Nullable String since;
    private Instant wholeUntil = Instant.MIN;
    private boolean looksAtAll;

    synchronized boolean isWhole() {
        return since == null;
    }

    /// Where a claim that begins now has to look from. Until it has ended, nothing is known of the next one.
    synchronized String begin() {
        looksAtAll = since == null;
        String from = since == null ? WHOLE : since;
        since = null;
        return from;
    }

    synchronized void forget() {
        since = null;
    }

    /// A claim has looked at the database's time `at`; the next one may begin at `next`.
    synchronized void end(Instant at, String next) {
        if (looksAtAll) {
            wholeUntil = at.plus(WHOLE_EVERY);
        }
        since = at.isAfter(wholeUntil) ? null : next;
    }
}
