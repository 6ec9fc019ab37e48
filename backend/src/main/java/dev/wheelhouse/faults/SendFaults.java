package dev.wheelhouse.faults;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends faults one after the other, each once: what cannot be sent is counted and let go. Its thread begins
/// with the first.
final class SendFaults implements AutoCloseable {

    static final int MOST = 100;
    private static final Logger LOG = LoggerFactory.getLogger(SendFaults.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration AT_THE_END = Duration.ofSeconds(2);

    private final Outbound outbound;
    private final Dsn to;
    private final Envelope envelope;
    private final ArrayBlockingQueue<Fault> queue = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile boolean isFailing;
    private volatile long pausedUntil = System.nanoTime();
    private volatile boolean closed;
    private Thread sending = new Thread();

    SendFaults(Outbound outbound, Dsn to, Envelope envelope) {
        this.outbound = outbound;
        this.to = to;
        this.envelope = envelope;
    }

    /// Never waits.
    synchronized void offer(Fault fault) {
        if (closed || System.nanoTime() - pausedUntil < 0 || !queue.offer(fault)) {
            dropped.incrementAndGet();
        } else if (!sending.isAlive()) {
            sending = Thread.ofVirtual().name("send-faults").start(this::work);
        }
    }

    private void work() {
        try {
            while (true) {
                send(queue.take());
            }
        } catch (InterruptedException end) {
            // The end of the process.
        }
    }

    private void send(Fault fault) {
        String why;
        try {
            String body = envelope.of(fault, UUID.randomUUID().toString().replace("-", ""));
            var headers = Map.of(
                    "Content-Type",
                    Envelope.TYPE,
                    "X-Sentry-Auth",
                    "Sentry sentry_version=7, sentry_client=wheelhouse/%s, sentry_key=%s"
                            .formatted(envelope.release(), to.key()));
            var head =
                    outbound.send(Sending.post(to.url(), headers, body), outbound.operators(), (answer, _) -> answer);
            why = head.status() < 300 ? "" : "it answered " + head.status();
            if (head.status() == 429) {
                pause(head.header("retry-after"));
            }
        } catch (Problem e) {
            why = e.message();
        }
        tell(why);
    }

    private void pause(String seconds) {
        var asked = seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ofMinutes(1);
        pausedUntil = System.nanoTime() + (asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked).toNanos();
        dropped.addAndGet(queue.size());
        queue.clear();
    }

    /// Said when it begins and when it is over.
    private void tell(String why) {
        boolean was = isFailing;
        isFailing = !why.isEmpty();
        (isFailing ? dropped : sent).incrementAndGet();
        if (isFailing && !was) {
            LOG.warn("Faults could not be sent: {}. They stand in this log.", why);
        } else if (!isFailing && was) {
            LOG.info("Faults are sent again.");
        }
    }

    boolean isFailing() {
        return isFailing;
    }

    long sent() {
        return sent.get();
    }

    long dropped() {
        return dropped.get();
    }

    /// What ended the process is worth two seconds.
    @Override
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
        }
        long end = System.nanoTime() + AT_THE_END.toNanos();
        while (!queue.isEmpty() && sending.isAlive() && System.nanoTime() - end < 0) {
            sending.join(Duration.ofMillis(20));
        }
        sending.interrupt();
    }
}
