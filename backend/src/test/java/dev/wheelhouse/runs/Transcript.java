package dev.wheelhouse.runs;

import dev.wheelhouse.testing.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Writes down what a watcher is shown.
final class Transcript implements RunWatcher {

    private final List<RunEvent> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    @Override
    public synchronized void event(RunEvent event) {
        events.add(event);
        notifyAll();
    }

    @Override
    public synchronized void delta(int step, int offset, String part) {
        text.setLength(offset);
        text.append(part);
    }

    @Override
    public synchronized void reset(int step) {
        text.setLength(0);
    }

    @Override
    public void running(String step) {}

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    synchronized List<Integer> seqs() {
        return events.stream().map(RunEvent::seq).toList();
    }

    synchronized List<RunEvent> events() {
        return List.copyOf(events);
    }

    synchronized String text() {
        return text.toString();
    }

    void awaitEnd() throws InterruptedException {
        await(transcript -> transcript.ended);
    }

    /// True if the last event came within the time.
    synchronized boolean endedWithin(java.time.Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (!ended && System.nanoTime() < end) {
                wait(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    void awaitType(String type, int times) throws InterruptedException {
        await(transcript -> transcript.events.stream()
                        .filter(event -> event.type().word().equals(type))
                        .count()
                >= times);
    }

    void awaitType(String type) throws InterruptedException {
        await(transcript ->
                transcript.events.stream().anyMatch(event -> event.type().word().equals(type)));
    }

    private synchronized void await(Predicate<Transcript> condition) throws InterruptedException {
        long end = System.nanoTime() + Await.LONGEST.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Still not so: " + events);
            }
            wait(1_000);
        }
    }
}
