package dev.wheelhouse.http;

import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.runs.RunEvent;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.RunWatcher;
import dev.wheelhouse.runs.Runs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/// Runs as server-sent events. A stream ends with the run's last event or when the client leaves, whichever is first;
/// one that ends without a last event was a lost connection, and the client comes back with Last-Event-ID.
@Singleton
final class LiveEvents {

    private static final byte[] RETRY = Frames.bytes("retry: 1000");
    private static final byte[] HEARTBEAT = Frames.bytes(": hb");

    private final Set<FrameStream> streams = ConcurrentHashMap.newKeySet();
    private final Frames frames = new Frames();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("heartbeat").factory());
    private final Runs runs;
    private final HttpConfig config;
    private volatile boolean isLeaving;

    LiveEvents(Runs runs, HttpConfig config, MeterRegistry meters) {
        this.runs = runs;
        this.config = config;
        long pause = config.heartbeat().toMillis();
        timer.scheduleAtFixedRate(this::beat, pause, pause, TimeUnit.MILLISECONDS);
        meters.gaugeCollectionSize("sse.streams", java.util.List.of(), streams);
    }

    private void beat() {
        streams.forEach(stream -> stream.offer(HEARTBEAT));
    }

    /// Everything above `after` and then whatever comes. `not_found` if the tenant has no such run.
    HttpResponse<Publisher<byte[]>> of(TenantId tenant, RunId run, int after) {
        return open(tenant, run, after, stream -> {
            stream.offer(RETRY);
            return new EveryEvent(run, stream, frames);
        });
    }

    /// A stream of another form, made by the watcher that is given.
    HttpResponse<Publisher<byte[]>> open(
            TenantId tenant, RunId run, int after, Function<FrameStream, RunWatcher> watcher) {
        var stream = new FrameStream();
        var watch = runs.watch(tenant, run, after, watcher.apply(stream));
        streams.add(stream);
        stream.limit(config.backlog(), () -> {
            streams.remove(stream);
            watch.close();
        });
        if (isLeaving) {
            stream.complete();
        }
        MutableHttpResponse<Publisher<byte[]>> response = HttpResponse.ok(stream);
        return response.contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    /// Clients of a stopping replica come back to another. Whoever still opens a stream here is shown what there is.
    void leave() {
        isLeaving = true;
        streams.forEach(FrameStream::complete);
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        leave();
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
        public void running(String step) {
            stream.offer(frames.running(run, step));
        }

        @Override
        public void ended() {
            stream.complete();
        }
    }
}
