package dev.wheelhouse.clock;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// The clock of platforms under test: who waits for something ends the pauses of recurring work, so that no test waits
/// for seconds to pass in which nothing is done.
@Singleton
@Replaces(SystemClock.class)
public final class TestClock implements Clock {

    /// Those in which work of this process is now.
    private static final Set<Mailbox<Boolean>> PAUSES = ConcurrentHashMap.newKeySet();

    private final Clock real = new SystemClock();

    /// Every work that is repeated begins its next round, on all platforms of this process.
    public static void endPauses() {
        PAUSES.forEach(pause -> pause.put(true));
    }

    @Override
    public void pause(Mailbox<Boolean> wake, Duration most) throws InterruptedException {
        PAUSES.add(wake);
        try {
            real.pause(wake, most);
        } finally {
            PAUSES.remove(wake);
        }
    }

    @Override
    public long nanoTime() {
        return real.nanoTime();
    }

    @Override
    public Activity start(String name, Runnable work) {
        return real.start(name, work);
    }

    @Override
    public Activity startLasting(String name, Runnable work) {
        return real.startLasting(name, work);
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        real.sleep(time);
    }

    @Override
    public <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException {
        return real.await(answer);
    }

    @Override
    public <T> Mailbox<T> mailbox() {
        return real.mailbox();
    }
}
