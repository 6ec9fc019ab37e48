package dev.wheelhouse.runs;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hints over NOTIFY. They are collected for 20 ms, sent outside every transaction that writes, and not sent at all
/// while this replica is alone.
@Singleton
final class PostgresHints implements Hints {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresHints.class);
    private static final String CHANNEL = "wheelhouse";
    private static final String NUDGED = "n=";
    private static final int LONGEST = 7_500;
    private static final long COUNT_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final Duration COLLECT = Duration.ofMillis(20);
    private static final Duration ALONE = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Database database;
    private final PostgresEngineStore store;
    private final ConcurrentLinkedQueue<String> unsent = new ConcurrentLinkedQueue<>();
    private volatile int replicas = 1;
    private final Clock clock;
    private long counted;
    private @Nullable Recurring sending;
    private @Nullable Recurring listening;
    private volatile boolean closed;

    PostgresHints(Database database, PostgresEngineStore store, Clock clock) {
        this.clock = clock;
        this.counted = clock.nanoTime() - COUNT_EVERY;
        this.database = database;
        this.store = store;
    }

    @Override
    public int replicas() {
        return replicas;
    }

    @Override
    public void committed(RunId run) {
        say("e" + run);
    }

    @Override
    public void queued() {
        say("q");
    }

    @Override
    public void cancelled(RunId run) {
        say("c" + run);
    }

    @Override
    public void paused(RunId run) {
        say("p" + run);
    }

    /// Longer than the others: replicas of 0.1.0 pass it over.
    @Override
    public void nudged(RunId run) {
        say(NUDGED + run);
    }

    private void say(String hint) {
        if (replicas > 1) {
            unsent.add(hint);
        }
    }

    @Override
    public void start(Consumer<Heard> heard, Runnable catchUp) {
        sending = Recurring.startLasting(clock, "hints-out", ALONE, DatabaseException::isAway, this::sendWhileNotAlone);
        listening = Recurring.startLasting(
                clock, "hints-in", RETRY, DatabaseException::isAway, () -> listen(heard, catchUp));
    }

    private boolean sendWhileNotAlone() throws InterruptedException {
        try {
            if (clock.nanoTime() - counted >= COUNT_EVERY) {
                replicas = Math.max(1, store.replicas());
                counted = clock.nanoTime();
            }
            send();
        } catch (DatabaseException | Problem e) {
            unsent.clear();
            throw e;
        }
        if (replicas > 1) {
            clock.sleep(COLLECT);
        }
        return replicas > 1;
    }

    private void send() {
        var said = new HashSet<String>();
        for (var hint = unsent.poll(); hint != null; hint = unsent.poll()) {
            said.add(hint);
        }
        var payload = new StringBuilder(database.replica());
        for (var hint : said) {
            if (payload.length() + hint.length() > LONGEST) {
                store.notify(CHANNEL, payload.toString());
                payload = new StringBuilder(database.replica());
            }
            payload.append(' ').append(hint);
        }
        if (!said.isEmpty()) {
            store.notify(CHANNEL, payload.toString());
        }
    }

    /// Listens until the connection breaks. Every second, heard or not, watched runs of other replicas are read on.
    private boolean listen(Consumer<Heard> heard, Runnable catchUp) {
        try {
            if (database.notReadyBecause() != null) {
                return false;
            }
            try (var connection = database.listening();
                    Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + CHANNEL);
                var postgres = connection.unwrap(PGConnection.class);
                while (!closed) {
                    var payloads = new ArrayList<String>();
                    for (var notification : postgres.getNotifications(1_000)) {
                        payloads.add(notification.getParameter());
                    }
                    understand(payloads, heard);
                    catchUp.run();
                }
            }
        } catch (SQLException | DatabaseException | Problem e) {
            LOG.warn("Hints are unavailable: {}. Listening again in 1 s; polling continues.", e.getMessage());
        }
        return false;
    }

    private void understand(List<String> payloads, Consumer<Heard> heard) {
        boolean queued = false;
        var cancelled = new HashSet<RunId>();
        var paused = new HashSet<RunId>();
        var nudged = new HashSet<RunId>();
        for (var payload : payloads) {
            if (payload.startsWith(database.replica())) {
                continue;
            }
            for (var hint : payload.split(" ")) {
                queued |= hint.equals("q");
                if (hint.startsWith(NUDGED)) {
                    nudged.add(new RunId(UUID.fromString(hint.substring(NUDGED.length()))));
                } else if (hint.length() == 37 && !hint.startsWith("e")) {
                    (hint.startsWith("c") ? cancelled : paused).add(new RunId(UUID.fromString(hint.substring(1))));
                }
            }
        }
        if (queued || !cancelled.isEmpty() || !paused.isEmpty() || !nudged.isEmpty()) {
            heard.accept(new Heard(queued, cancelled, paused, nudged));
        }
    }

    @Override
    public void close() {
        closed = true;
        if (sending != null && listening != null) {
            sending.stop();
            listening.stop();
        }
    }
}
