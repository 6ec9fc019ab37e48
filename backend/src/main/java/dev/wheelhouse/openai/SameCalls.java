package dev.wheelhouse.openai;

import dev.wheelhouse.base.Hash;
import dev.wheelhouse.base.Ids;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clients.UnansweredCalls;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.tenants.Caller;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows a request again that its client sends once more because the first had no answer: such a request joins the run
/// that the first has started. It is one where the client says so, or where the same request was left without an answer
/// by any replica; the same request otherwise asks for another run.
@Singleton
final class SameCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SameCalls.class);

    /// Who asks again later than this after a failure is a person who tries anew.
    private static final Duration REPEATED = Duration.ofSeconds(2);

    /// How OpenAI's own clients, and those built on them, number their tries.
    private static final String TRY = "x-stainless-retry-count";

    // Nearly always there is no such call, and clients pause longer than this before they ask again.
    private static final long LOOKS_AGAIN = Duration.ofMillis(250).toNanos();

    /// What was known of all calls at a moment.
    private record Look(long at, boolean isAny) {
        boolean isFresh() {
            return System.nanoTime() - at < LOOKS_AGAIN;
        }
    }

    private final Runs runs;
    private final UnansweredCalls unanswered;

    // One request looks for all that come at the same moment.
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last = new Look(System.nanoTime() - LOOKS_AGAIN, false);

    SameCalls(Runs runs, UnansweredCalls unanswered) {
        this.runs = runs;
        this.unanswered = unanswered;
    }

    /// What is the same for each try at a call: who asks, where, and for what.
    ///
    /// @param name begins the idempotency keys of its runs
    record SameCall(TenantId tenant, String name) {
        /// The key of a run that is started for it.
        String key() {
            return name + "-" + Ids.next();
        }
    }

    static SameCall of(Caller caller, HttpRequest<?> request, byte[] body) {
        // A body may hold pictures: it is not copied.
        String said = HexFormat.of().formatHex(Hash.bytes(body));
        String text = caller.key() + "\n" + request.getPath() + "\n" + said;
        return new SameCall(caller.tenant(), "call-" + Hash.of(text));
    }

    /// The run to join, if this is another try.
    Optional<Run> started(HttpRequest<?> request, SameCall call) {
        boolean isRetry = request.getHeaders().findInt(TRY).orElse(0) > 0;
        return isRetry || isLeft(call)
                ? runs.newest(call.tenant, call.name, UnansweredCalls.REMEMBERED)
                : Optional.empty();
    }

    private boolean isLeft(SameCall call) {
        return isAny() && unanswered.has(call.tenant, call.name);
    }

    private boolean isAny() {
        var known = last;
        if (known.isFresh()) {
            return known.isAny();
        }
        looking.lock();
        try {
            if (!last.isFresh()) {
                last = new Look(System.nanoTime(), unanswered.isAny());
            }
            return last.isAny();
        } finally {
            looking.unlock();
        }
    }

    private void thereIsOne() {
        looking.lock();
        last = new Look(System.nanoTime(), true);
        looking.unlock();
    }

    void isUnanswered(SameCall call) {
        note(call, UnansweredCalls.REMEMBERED);
    }

    /// The same request at once gets this failure again: there are clients that repeat whatever has failed.
    void hasFailed(SameCall call) {
        note(call, REPEATED);
    }

    private void note(SameCall call, Duration time) {
        try {
            unanswered.add(call.tenant, call.name, time);
            thereIsOne();
        } catch (DatabaseException e) {
            LOG.warn(
                    "A call without an answer could not be noted: {}. Asked again, it may start another run.",
                    e.getMessage());
        }
    }

    void isAnswered(SameCall call) {
        try {
            unanswered.remove(call.tenant, call.name);
        } catch (DatabaseException e) {
            LOG.warn(
                    "An answered call could not be forgotten: {}. Asked again within minutes, it gets the same run.",
                    e.getMessage());
        }
    }
}
