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

    private static final double SLICE_SECONDS = 3;
    private static final int MOST_SLICES = 50;
    private static final double QUIET = 0.04;

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

    /// Until the server's code is compiled. The JVM's compiler takes half of the CPU of the first ten thousand runs and still a
    /// tenth of it after forty thousand; its work is not the runs', and two servers are not at the same of it in one round.
    void untilCompiled(Running server, Once once) throws InterruptedException {
        int quiet = 0;
        for (int slice = 0; slice < MOST_SLICES && quiet < 3; slice++) {
            double all = server.cpu();
            double compiling = server.compiling();
            forSeconds(SLICE_SECONDS, once);
            quiet = server.compiling() - compiling < QUIET * (server.cpu() - all) ? quiet + 1 : 0;
        }
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
