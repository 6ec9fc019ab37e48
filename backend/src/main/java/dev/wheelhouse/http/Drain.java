package dev.wheelhouse.http;

import dev.wheelhouse.runs.Runs;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a replica goes without anybody noticing: it says so, hands its runs over while it still answers, and closes the
/// door only when clients have turned to others.
@Singleton
public final class Drain {

    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final Readiness readiness;
    private final Runs runs;
    private final LiveEvents live;
    private final EmbeddedServer server;
    private final ListenSocket door;
    private final HttpConfig config;

    Drain(
            Readiness readiness,
            Runs runs,
            LiveEvents live,
            EmbeddedServer server,
            ListenSocket door,
            HttpConfig config) {
        this.readiness = readiness;
        this.runs = runs;
        this.live = live;
        this.server = server;
        this.door = door;
        this.config = config;
    }

    /// Returns when nothing is under way here any more, or when waiting longer would help nobody.
    public void leave() throws InterruptedException {
        long begun = System.nanoTime();
        readiness.leave();
        runs.handOver();
        live.leave();
        awaitNobody(begun, config.leaving());
        live.go();
        door.close();
        // Whoever came in last has not spoken yet.
        awaitNobody(System.nanoTime(), LAST_WORD);
        end();
    }

    private void awaitNobody(long begun, Duration most) throws InterruptedException {
        while (connections() > 0 && System.nanoTime() - begun < most.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// Connections that are open. Each is closed after its next answer; a proxy closes those it does not use.
    private long connections() {
        return server instanceof GracefulShutdownCapable open
                ? open.reportActiveTasks().orElse(0)
                : 0;
    }

    /// Those that wait for an answer get it, all others are closed.
    private void end() throws InterruptedException {
        if (server instanceof GracefulShutdownCapable open) {
            try {
                var closed = open.shutdownGracefully().toCompletableFuture();
                closed.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("{} requests are cut off unanswered: the replica stops.", connections());
            }
        }
    }
}
