package dev.wheelhouse.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The clock and the order of a history. Things are due at moments (nanoseconds since the world began); things due at
/// the same moment happen in an order drawn from the seed.
public final class World {

    private record Due(
            long moment, int lot, long number, @Nullable Host host, Runnable happening) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(moment, other.moment);
            order = order == 0 ? Integer.compare(lot, other.lot) : order;
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }

    private final SplittableRandom random;
    private final PriorityQueue<Due> dues = new PriorityQueue<>();
    private final @Nullable List<String> told;
    private long now;
    private long count;
    private long fingerprint = 17;

    @Nullable
    Task running;

    /// `told`: keep what is said, for somebody who wants to read the history.
    public World(long seed, boolean told) {
        this.random = new SplittableRandom(seed);
        this.told = told ? new ArrayList<>() : null;
    }

    public Host host(String name) {
        return new Host(name, between(Duration.ZERO, Duration.ofDays(10)));
    }

    public long now() {
        return now;
    }

    public Duration time() {
        return Duration.ofNanos(now);
    }

    /// Has it happen at that moment, outside every computer.
    public void at(long moment, Runnable happening) {
        at(moment, null, happening);
    }

    public void after(Duration time, Runnable happening) {
        at(now + time.toNanos(), null, happening);
    }

    /// Has it happen on that computer, once it is awake, unless it is dead by then.
    public void at(long moment, @Nullable Host host, Runnable happening) {
        dues.add(new Due(Math.max(now, moment), random.nextInt(), count++, host, happening));
    }

    /// Lets happen what is due until then, or until it is enough.
    public void run(Duration until, java.util.function.BooleanSupplier enough) {
        long end = until.toNanos();
        while (!dues.isEmpty() && dues.peek().moment() <= end && !enough.getAsBoolean()) {
            var due = dues.poll();
            now = due.moment();
            happen(due);
        }
        if (!enough.getAsBoolean()) {
            now = Math.max(now, end);
        }
    }

    private void happen(Due due) {
        var host = due.host();
        if (host != null && host.isDead()) {
            return;
        }
        if (host != null && host.frozenUntil() > now) {
            at(host.frozenUntil(), host, due.happening());
            return;
        }
        fingerprint = fingerprint * 31 + (now ^ due.number());
        due.happening().run();
    }

    /// How many things have happened or are yet to.
    public long happenings() {
        return count;
    }

    /// Two histories with the same fingerprint went the same way.
    public long fingerprint() {
        return fingerprint * 31 + now;
    }

    public boolean draw(double chance) {
        return random.nextDouble() < chance;
    }

    /// 0 up to, not including, the bound.
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long any() {
        return random.nextLong();
    }

    public <T> T oneOf(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /// Nanoseconds, from one time to the other, all alike.
    public long between(Duration least, Duration most) {
        return random.nextLong(least.toNanos(), most.toNanos() + 1);
    }

    /// Mostly short, now and then long: a tenth of the draws is ten times as long, a hundredth a hundred times.
    public long mostly(Duration usual) {
        long time = 1 + random.nextLong(usual.toNanos());
        int lot = random.nextInt(100);
        return lot == 0 ? time * 100 : lot < 10 ? time * 10 : time;
    }

    public boolean isTold() {
        return told != null;
    }

    /// Writes down what happens, where somebody will read it.
    public void tell(String format, Object... words) {
        if (told != null) {
            told.add("%10.3f s  %s".formatted(now / (double) TimeUnit.SECONDS.toNanos(1), format.formatted(words)));
        }
    }

    public List<String> told() {
        return told == null ? List.of() : told;
    }
}
