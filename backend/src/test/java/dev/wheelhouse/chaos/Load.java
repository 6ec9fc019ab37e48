package dev.wheelhouse.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/// Starts many runs, a bounded number open at a time, and remembers what the platform promised.
final class Load {

    private static final int CLIENTS = 12;

    /// Starts the run with this number and gives its id.
    interface Start {
        String run(Api api, int number) throws InterruptedException;
    }

    private final World world;
    private final Start starting;
    private final int count;
    private final int atOnce;
    private final IntFunction<String> script;
    private final Map<String, String> runs = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore room = new Semaphore(0);
    private final AtomicReference<Throwable> broke = new AtomicReference<>();
    private volatile boolean stopped;
    private final List<Thread> threads = new ArrayList<>();

    /// @param atOnce how many runs are open at a time, at most; the next is started when one has ended
    /// @param script the script of the run with this number; the number is the run's name in the load
    Load(World world, String agent, int count, int atOnce, IntFunction<String> script) {
        this(world, count, atOnce, script, (api, n) -> api.start(agent, script.apply(n) + " " + n));
    }

    /// Of runs of another kind than an agent's.
    Load(World world, int count, int atOnce, IntFunction<String> script, Start starting) {
        this.world = world;
        this.starting = starting;
        this.count = count;
        this.atOnce = atOnce;
        this.script = script;
        threads.add(Thread.ofVirtual().start(() -> tell(this::pace)));
        for (int client = 0; client < CLIENTS; client++) {
            threads.add(Thread.ofVirtual().start(() -> tell(this::start)));
        }
    }

    private interface Part {
        void go() throws InterruptedException;
    }

    private void tell(Part part) {
        try {
            part.go();
        } catch (InterruptedException | RuntimeException e) {
            broke.compareAndSet(null, e);
            room.release(count);
        }
    }

    /// Makes room for as many as have ended. What Postgres does not say while it is down, it says later.
    private void pace() throws InterruptedException {
        int let = 0;
        while (let < count && broke.get() == null && !stopped) {
            int underWay = let - runs.size();
            int more = Math.min(count - let, atOnce - underWay - (int) open());
            if (more > 0) {
                room.release(more);
                let += more;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        room.release(CLIENTS);
    }

    private long open() {
        try {
            return world.open();
        } catch (IllegalStateException e) {
            return atOnce;
        }
    }

    private void start() throws InterruptedException {
        var api = world.api();
        while (true) {
            room.acquire();
            int n = next.getAndIncrement();
            if (n >= count || stopped || broke.get() != null) {
                return;
            }
            runs.put("" + n, starting.run(api, n));
        }
    }

    int count() {
        return stopped ? runs.size() : count;
    }

    int accepted() {
        return runs.size();
    }

    /// Whether the platform has promised all of them, or never will.
    boolean isAccepted() {
        return runs.size() == count || isBroken();
    }

    boolean isBroken() {
        return broke.get() != null;
    }

    /// The run's id by its name in the load.
    Map<String, String> runs() {
        return runs;
    }

    String script(String name) {
        return script.apply(Integer.parseInt(name));
    }

    /// Starts no more; what was promised is the load. Waits until the last start was answered.
    void stop() throws InterruptedException {
        stopped = true;
        join();
    }

    /// Waits until all were accepted.
    void join() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
        if (broke.get() != null) {
            throw new IllegalStateException("The load could not start all its runs: " + broke.get(), broke.get());
        }
    }
}
