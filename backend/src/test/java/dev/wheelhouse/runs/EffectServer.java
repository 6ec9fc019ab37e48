package dev.wheelhouse.runs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The outside world of a chaos test: counts who asked for what, and takes its time.
final class EffectServer implements AutoCloseable {

    final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    final AtomicInteger committedStepsRepeated = new AtomicInteger();
    private final Map<String, TreeMap<Integer, Integer>> furthest = new ConcurrentHashMap<>();
    private final Random random;
    private final HttpServer server;

    EffectServer(long seed, int slowestMillis) throws IOException {
        random = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            var parts = exchange.getRequestURI().getPath().split("/");
            count(parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
            LockSupport.parkNanos(delay(slowestMillis) * 1_000_000L);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    private synchronized int delay(int slowestMillis) {
        return random.nextInt(slowestMillis);
    }

    /// A step begins only after the one before it is committed. So an owner that asks for a step behind which it or an
    /// owner before it has asked for a later one, repeats a committed step. An owner of the past that wakes up
    /// between its last look at the lease and its call comes late, with the key of a step that it had begun itself.
    private void count(String run, int step, int epoch) {
        calls.computeIfAbsent(run + ":" + step, key -> new AtomicInteger()).incrementAndGet();
        var owners = furthest.computeIfAbsent(run, id -> new TreeMap<>());
        synchronized (owners) {
            if (owners.headMap(epoch, true).values().stream().anyMatch(later -> later > step)) {
                committedStepsRepeated.incrementAndGet();
            }
            owners.merge(epoch, step, Math::max);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
