package dev.wheelhouse.bench;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Many clients, each with a connection of its own, that do the same again and again.
final class Load implements AutoCloseable {

    /// @param millis how long each took, in order of size
    record Done(int count, double seconds, Rounds millis) {
        double perSecond() {
            return count / seconds;
        }
    }

    @FunctionalInterface
    interface Once {
        void with(Client client, int number);
    }

    private final Client[] clients;
    private final AtomicInteger numbers = new AtomicInteger();

    Load(int port, String key, int atOnce) {
        clients = new Client[atOnce];
        Arrays.setAll(clients, none -> new Client(port, key));
    }

    /// All clients at it for so long; what has begun comes to its end.
    Done forSeconds(double seconds, Once once) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return drive(once, () -> System.nanoTime() < end);
    }

    Done times(int count, Once once) throws InterruptedException {
        var left = new AtomicInteger(count);
        return drive(once, () -> left.getAndDecrement() > 0);
    }

    private Done drive(Once once, java.util.function.BooleanSupplier goesOn) throws InterruptedException {
        var took = new ConcurrentLinkedQueue<Double>();
        var broken = new ConcurrentLinkedQueue<Throwable>();
        long begun = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client : clients) {
                threads.submit(() -> {
                    try {
                        while (goesOn.getAsBoolean()) {
                            long before = System.nanoTime();
                            once.with(client, numbers.incrementAndGet());
                            took.add((System.nanoTime() - before) / 1e6);
                        }
                    } catch (RuntimeException e) {
                        broken.add(e);
                    }
                });
            }
            threads.shutdown();
            threads.awaitTermination(5, TimeUnit.MINUTES);
        }
        if (!broken.isEmpty()) {
            throw new IllegalStateException(broken.size() + " of the clients broke", broken.peek());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Done(
                took.size(),
                seconds,
                new Rounds(took.stream().mapToDouble(each -> each).toArray()));
    }

    @Override
    public void close() {
        for (var client : clients) {
            client.close();
        }
    }
}
