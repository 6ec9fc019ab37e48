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
public final class Leaving {

    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final Readiness readiness;
    private final Runs runs;
    private final LiveEvents live;
    private final EmbeddedServer server;
    private final HttpConfig config;

    Leaving(Readiness readiness, Runs runs, LiveEvents live, EmbeddedServer server, HttpConfig config) {
        this.readiness = readiness;
        this.runs = runs;
        this.live = live;
        this.server = server;
        this.config = config;
    }

    /// Returns when nothing is under way here any more, or when waiting longer would help nobody.
    public void leave() throws InterruptedException {
        long begun = System.nanoTime();
        readiness.leave();
        runs.handOver();
        live.leave();
        while (connections() > 0 && System.nanoTime() - begun < config.leaving().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        closeTheDoor();
    }

    /// Connections that are open. Each is closed after its next answer; a proxy closes those it does not use.
    private long connections() {
        return server instanceof GracefulShutdownCapable open
                ? open.reportActiveTasks().orElse(0)
                : 0;
    }

    /// No new connections, and those that wait for an answer get it.
    private void closeTheDoor() throws InterruptedException {
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
