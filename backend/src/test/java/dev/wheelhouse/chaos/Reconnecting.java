package dev.wheelhouse.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that follows one run to its end, drops its connection whenever it likes, and goes on at another replica
/// with the last seq that it has seen.
final class Reconnecting implements Runnable {

    private final World world;
    private final String run;
    private final Random random;
    private final List<EventStream.Frame> transcript = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean ended;
    private volatile boolean given;

    Reconnecting(World world, String run, long seed) {
        this.world = world;
        this.run = run;
        random = new Random(seed);
    }

    @Override
    public void run() {
        try {
            while (!ended && !given) {
                follow();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        var alive = world.known().stream().filter(Replica::isAlive).toList();
        if (alive.isEmpty()) {
            return;
        }
        var replica = alive.get(random.nextInt(alive.size()));
        int after = transcript.isEmpty() ? 0 : lastSeq();
        try (var stream = new EventStream(replica.url(), World.KEY, run, after)) {
            connections.incrementAndGet();
            long timeout = 200 + random.nextInt(4_000);
            var cutter = Thread.ofVirtual().start(() -> cutAfter(stream, timeout));
            stream.read(this::keep);
            cutter.interrupt();
        } catch (IOException e) {
            // Cut, by us or by a death; the next connection goes on.
        }
    }

    private static void cutAfter(EventStream stream, long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            stream.close();
        } catch (IOException | InterruptedException e) {
            // It has ended by itself.
        }
    }

    private void keep(EventStream.Frame frame) {
        if (frame.id() != null) {
            transcript.add(frame);
            ended |= frame.event().matches("run\\.(succeeded|failed|cancelled)");
        }
    }

    private int lastSeq() {
        return Integer.parseInt(String.valueOf(transcript.getLast().id()));
    }

    void giveUp() {
        given = true;
    }

    boolean hasEnded() {
        return ended;
    }

    int connections() {
        return connections.get();
    }

    String of() {
        return run;
    }

    /// How the transcript differs from the log, seq by seq: nothing where they are the same.
    String difference(List<JsonNode> log) {
        for (int at = 0; at < Math.max(log.size(), transcript.size()); at++) {
            if (at >= transcript.size()) {
                return "gap: ends after %d of %d".formatted(at, log.size());
            }
            int seq = Integer.parseInt(String.valueOf(transcript.get(at).id()));
            if (seq != at + 1) {
                return "%s: %d stands where %d belongs".formatted(seq > at + 1 ? "gap" : "double", seq, at + 1);
            }
            if (at >= log.size()
                    || !log.get(at).equals(Json.read(transcript.get(at).data()))) {
                return "other words: seq " + seq;
            }
        }
        return "";
    }

    /// As long as any of them still reads, for no longer than this.
    static boolean awaitAll(List<Reconnecting> clients, Duration most) throws InterruptedException {
        boolean all = World.await(most, () -> clients.stream().allMatch(Reconnecting::hasEnded));
        clients.forEach(Reconnecting::giveUp);
        return all;
    }
}
