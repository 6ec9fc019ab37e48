package dev.wheelhouse.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class RecurringTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Clock clock = new SystemClock();

    @Test
    void comes_back_after_its_pause() throws InterruptedException {
        var rounds = new CountDownLatch(3);
        try (var _ = Recurring.start(clock, "counted", AT_ONCE, e -> false, () -> counted(rounds))) {
            assertThat(rounds.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void survives_what_passes_and_what_does_not() throws InterruptedException {
        var rounds = new CountDownLatch(4);
        try (var _ = Recurring.start(clock, "broken", AT_ONCE, IllegalStateException.class::isInstance, () -> {
            counted(rounds);
            if (rounds.getCount() == 1) {
                throw new NoClassDefFoundError("a/Part");
            }
            throw rounds.getCount() % 2 == 0 ? new IllegalStateException("away") : new IllegalArgumentException("bug");
        })) {
            assertThat(rounds.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void has_no_pause_while_there_is_more() throws InterruptedException {
        var rounds = new CountDownLatch(3);
        try (var _ = Recurring.startLasting(clock, "eager", NEVER, e -> false, () -> {
            counted(rounds);
            return rounds.getCount() > 0;
        })) {
            assertThat(rounds.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void round_may_say_how_long_its_pause_is() throws InterruptedException {
        var rounds = new CountDownLatch(3);
        try (var _ = Recurring.startPaced(clock, "paced", NEVER, e -> false, clock.mailbox(), () -> {
            counted(rounds);
            return rounds.getCount() % 2 == 0 ? Duration.ZERO : AT_ONCE;
        })) {
            assertThat(rounds.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void waking_ends_the_pause_and_is_not_lost_during_a_round() throws InterruptedException {
        var first = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var rounds = new CountDownLatch(2);
        try (var recurring = Recurring.start(clock, "woken", NEVER, e -> false, () -> {
            first.countDown();
            goOn.await();
            return counted(rounds);
        })) {
            first.await();
            recurring.wake();
            goOn.countDown();
            assertThat(rounds.await(120, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void first_round_of_what_can_wait_comes_after_a_pause() throws InterruptedException {
        var rounds = new AtomicInteger();
        try (var later = Recurring.startLater(clock, "later", NEVER, e -> false, () -> rounds.incrementAndGet() < 0)) {
            later.wake();
            Await.until("the first round", () -> rounds.get() > 0);
        }
        assertThat(rounds).hasValue(1);
    }

    @Test
    void closing_interrupts_the_round_and_no_other_comes() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var rounds = new AtomicInteger();
        var recurring = Recurring.start(clock, "closed", AT_ONCE, e -> false, () -> {
            rounds.incrementAndGet();
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return true;
        });
        begun.await();
        recurring.close();

        assertThat(interrupted.getCount()).isZero();
        assertThat(rounds).hasValue(1);
    }

    private static boolean counted(CountDownLatch rounds) {
        rounds.countDown();
        return false;
    }
}
