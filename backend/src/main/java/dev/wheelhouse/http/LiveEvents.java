package dev.wheelhouse.http;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunWatcher;
import dev.wheelhouse.runs.Runs;
import dev.wheelhouse.streams.FrameStream;
import dev.wheelhouse.streams.Streams;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.http.server.netty.handler.PipeliningServerHandler;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// Runs as server-sent events. A stream ends with the run's last event or when the client leaves, whichever is first;
/// one that ends without a last event was a lost connection, and the client comes back with Last-Event-ID. Streams of
/// other forms are whole, or break off.
@Singleton
public final class LiveEvents {

    private static final byte[] RETRY = Frames.bytes("retry: 1000");
    private static final byte[] HEARTBEAT = Frames.bytes(": hb");

    // A stream that is still open after this long lasts; those of quick runs are over.
    private static final Duration LASTS = Duration.ofSeconds(1);

    // While so few are open, each may stay with the framework, which keeps 5 KiB for it and then its connection.
    static final int FEW = 128;

    private final Set<FrameStream> streams = ConcurrentHashMap.newKeySet();
    // What has to be told where the replica goes before an answer is whole.
    private final Set<Runnable> unfinished = ConcurrentHashMap.newKeySet();
    // Those whose clients do so.
    private final Set<FrameStream> comeBack = ConcurrentHashMap.newKeySet();
    private final Queue<FrameStream> young = new ConcurrentLinkedQueue<>();
    private final Streams all = new Streams(PipeliningServerHandler.class);
    private List<FrameStream> older = List.of();
    private final Frames frames = new Frames();
    private final Recurring beating;
    private final Recurring settling;
    private final Runs runs;
    private final HttpConfig config;
    private volatile boolean isLeaving;
    private volatile boolean isGoing;

    LiveEvents(Runs runs, HttpConfig config, MeterRegistry meters, Clock clock) {
        this.runs = runs;
        this.config = config;
        beating = Recurring.start(clock, "heartbeat", config.heartbeat(), e -> false, this::beat);
        settling = Recurring.start(clock, "settle-streams", LASTS, e -> false, this::settle);
        meters.gaugeCollectionSize("wheelhouse.streams.open", List.of(), streams);
    }

    private boolean beat() {
        streams.forEach(stream -> stream.offer(HEARTBEAT));
        return false;
    }

    private boolean settle() {
        var next = new ArrayList<FrameStream>();
        for (var stream : older) {
            if (!stream.settle()) {
                next.add(stream);
            }
        }
        for (var stream = young.poll(); stream != null; stream = young.poll()) {
            next.add(stream);
        }
        older = next;
        return false;
    }

    /// Everything above `after` and then whatever comes. `not_found` if the tenant has no such run.
    public HttpResponse<Publisher<byte[]>> of(HttpRequest<?> request, TenantId tenant, RunId run, int after) {
        var channel = streams.size() < FEW ? null : connection(request);
        return open(channel, tenant, run, after, stream -> {
            stream.offer(RETRY);
            return new EveryEvent(run, stream, frames);
        });
    }

    /// The connection of a request whose answer is written in chunks of HTTP/1.1 without encryption; null for others,
    /// which stay with the framework.
    private static @Nullable Channel connection(HttpRequest<?> request) {
        boolean isGet = request.getMethod() == HttpMethod.GET;
        if (isGet && request instanceof NettyHttpRequest<?> netty && request.getHttpVersion() == HttpVersion.HTTP_1_1) {
            var channel = netty.getChannelHandlerContext().channel();
            var pipeline = channel.pipeline();
            boolean plain = channel instanceof SocketChannel
                    && pipeline.get(HttpServerCodec.class) != null
                    && pipeline.get(SslHandler.class) == null;
            return plain ? channel : null;
        }
        return null;
    }

    /// A stream of another form, whose client cannot come back for the rest. It outlives the hand-over of its run,
    /// which it then follows on another replica.
    ///
    /// @param watching begins to look at the run
    public FrameStream answer(Function<FrameStream, RunWatcher.Watch> watching) {
        var stream = all.open(null);
        var watch = watching.apply(stream);
        streams.add(stream);
        stream.limit(config.backlog(), () -> {
            streams.remove(stream);
            watch.close();
        });
        return stream;
    }

    /// Tells when this replica has to go, at the last moment, until the registration is closed.
    public RunWatcher.Watch whenGoing(Runnable told) {
        unfinished.add(told);
        if (isGoing) {
            told.run();
        }
        return () -> unfinished.remove(told);
    }

    private HttpResponse<Publisher<byte[]>> open(
            @Nullable Channel channel,
            TenantId tenant,
            RunId run,
            int after,
            Function<FrameStream, RunWatcher> watcher) {
        var stream = all.open(channel);
        var watch = runs.watch(tenant, run, after, watcher.apply(stream));
        streams.add(stream);
        comeBack.add(stream);
        young.add(stream);
        stream.limit(config.backlog(), () -> {
            streams.remove(stream);
            comeBack.remove(stream);
            watch.close();
        });
        if (isLeaving) {
            stream.complete();
        }
        var response = response(stream);
        if (channel != null) {
            // Nobody knows yet whether it will last, and one that does ends with its connection: who sends another
            // request on it must know.
            response.header("Connection", "close");
        }
        return response;
    }

    /// The response that a stream's frames are written to.
    public static MutableHttpResponse<Publisher<byte[]>> response(FrameStream stream) {
        MutableHttpResponse<Publisher<byte[]>> response = HttpResponse.ok(stream);
        return response.contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    /// Clients of a stopping replica come back to another. Whoever still opens a stream here is shown what there is.
    void leave() {
        isLeaving = true;
        comeBack.forEach(FrameStream::complete);
    }

    /// What is not whole by now never will be here.
    void go() {
        isGoing = true;
        unfinished.forEach(Runnable::run);
    }

    @PreDestroy
    void stop() {
        beating.stop();
        settling.stop();
        leave();
        go();
    }

    private record EveryEvent(RunId run, FrameStream stream, Frames frames) implements RunWatcher {
        @Override
        public void event(RunEvent event) {
            stream.offer(frames.event(event));
        }

        @Override
        public void delta(int step, int offset, String text) {
            stream.offer(frames.delta(run, step, offset, text));
        }

        @Override
        public void reset(int step) {
            stream.offer(frames.reset(run, step));
        }

        @Override
        public void running(String step) {
            stream.offer(frames.running(run, step));
        }

        @Override
        public void ended() {
            stream.complete();
        }
    }
}
