package dev.wheelhouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// One connection whose large body waits, with a clock that the test turns.
class WaitForRoomTest {

    private static final String LARGE = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n";

    private final CompletableFuture<Gate.Verdict> verdict = new CompletableFuture<>();
    private final Wire wire = new Wire(1 << 20, 400_000, Duration.ofSeconds(10), asked -> verdict);

    private EmbeddedChannel connection() {
        var channel = new EmbeddedChannel(new HttpServerCodec());
        channel.freezeTime();
        wire.guard(channel.pipeline());
        return channel;
    }

    private static void send(EmbeddedChannel channel, String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private Problem refusal(EmbeddedChannel channel) {
        HttpRequest request = channel.readInbound();
        return wire.refusal(request.headers().get(Wire.HEADER)).orElseThrow();
    }

    @Test
    void nothing_is_read_until_the_gate_has_answered() {
        var channel = connection();
        send(channel, LARGE);

        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(channel.<Object>readInbound()).isNull();
        verdict.complete(new Gate.Verdict(null, 200_000, true));
        channel.runPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(wire.heldBytes()).isEqualTo(100_000);
        send(channel, "x".repeat(100_000));
        assertThat(channel.<HttpRequest>readInbound().uri()).isEqualTo("/a");
        assertThat(wire.heldBytes()).isZero();
    }

    @Test
    void who_waits_longer_than_patience_lasts_is_refused_with_a_remedy() {
        verdict.complete(new Gate.Verdict(null, 1 << 20, true));
        var others = new EmbeddedChannel[] {connection(), connection(), connection()};
        for (var other : others) {
            send(other, LARGE);
            other.runPendingTasks();
        }
        var channel = connection();
        send(channel, LARGE);
        channel.runPendingTasks();
        channel.advanceTimeBy(9, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.<Object>readInbound()).isNull();
        channel.advanceTimeBy(2, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        var problem = refusal(channel);
        assertThat(problem.code()).isEqualTo(ErrorCode.NOT_READY);
        assertThat(problem.hint()).isNotNull();
        assertThat(wire.heldBytes()).isEqualTo(300_000);
    }

    @Test
    void connection_that_ends_while_it_is_judged_holds_nothing() {
        var channel = connection();
        send(channel, LARGE + "a piece");
        channel.close();
        verdict.complete(new Gate.Verdict(null, 200_000, true));
        channel.runPendingTasks();

        assertThat(wire.heldBytes()).isZero();
    }

    @Test
    void refusal_says_what_the_gate_has_said() {
        verdict.complete(Gate.Verdict.refused(new Problem(ErrorCode.FORBIDDEN, "Not \"you\": 1 % of all", null)));
        var channel = connection();
        send(channel, LARGE);
        channel.runPendingTasks();

        var problem = refusal(channel);
        assertThat(problem.message()).isEqualTo("Not \"you\": 1 % of all");
        assertThat(problem.hint()).isNull();
        send(channel, "x".repeat(100_000));
        assertThat(wire.heldBytes()).isZero();
    }
}
