package dev.wheelhouse.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

@Timeout(300)
class FrameStreamTest {

    private final FrameStream stream = new Streams(ChannelInboundHandlerAdapter.class).open(null);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Client client = new Client();

    @Test
    void frames_wait_for_the_client_and_leave_together() {
        offer(1, 3);
        stream.subscribe(client);
        assertThat(client.taken).isEmpty();

        client.subscription.request(1);

        assertThat(client.taken.toString()).isEqualTo("1,2,3,");
    }

    @Test
    void completed_stream_gives_what_waits_and_then_ends() throws InterruptedException {
        stream.limit(10, closed::countDown);
        offer(1, 2);
        stream.complete();
        stream.subscribe(client);
        client.subscription.request(Long.MAX_VALUE);

        assertThat(client.taken.toString()).isEqualTo("1,2,");
        assertThat(client.hasEnded).isTrue();
        Await.open(closed);
    }

    @Test
    void client_that_lags_behind_too_far_is_cut() throws InterruptedException {
        stream.subscribe(client);
        offer(1, 5);
        stream.limit(10, closed::countDown);

        offer(6, 15);
        assertThat(client.wasCut).isFalse();
        offer(16, 16);

        assertThat(client.wasCut).isTrue();
        assertThat(client.hasEnded).isFalse();
        assertThat(client.taken).isEmpty();
        Await.open(closed);
    }

    @Test
    void client_that_leaves_closes_the_look_once() throws InterruptedException {
        var times = new AtomicInteger();
        stream.limit(10, () -> {
            times.incrementAndGet();
            closed.countDown();
        });
        stream.subscribe(client);

        client.subscription.cancel();
        client.subscription.cancel();
        offer(1, 1);
        stream.complete();

        Await.open(closed);
        assertThat(times).hasValue(1);
        assertThat(client.taken).isEmpty();
    }

    @Test
    void order_holds_while_both_sides_are_in_a_hurry() throws InterruptedException {
        int count = 20_000;
        stream.subscribe(client);
        var asking = Thread.startVirtualThread(() -> {
            var random = new Random(7);
            while (client.frames() < count) {
                client.subscription.request(random.nextInt(1, 5));
                Thread.onSpinWait();
            }
        });

        offer(1, count);
        asking.join();

        String all = IntStream.rangeClosed(1, count).mapToObj(n -> n + ",").collect(Collectors.joining());
        assertThat(client.taken.toString()).isEqualTo(all);
    }

    private void offer(int from, int to) {
        for (int n = from; n <= to; n++) {
            stream.offer((n + ",").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Client implements Subscriber<byte[]> {
        private final StringBuffer taken = new StringBuffer();
        private final AtomicInteger frames = new AtomicInteger();
        private volatile Subscription subscription;
        private volatile boolean hasEnded;
        private volatile boolean wasCut;

        int frames() {
            return frames.get();
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(byte[] frame) {
            String text = new String(frame, StandardCharsets.UTF_8);
            taken.append(text);
            frames.addAndGet(List.of(text.split(",")).size());
        }

        @Override
        public void onError(Throwable thrown) {
            wasCut = true;
        }

        @Override
        public void onComplete() {
            hasEnded = true;
        }
    }
}
