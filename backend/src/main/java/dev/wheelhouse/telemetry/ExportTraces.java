package dev.wheelhouse.telemetry;

import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Trace;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.outbound.Outbound;
import dev.wheelhouse.outbound.Sending;
import dev.wheelhouse.runs.Run;
import dev.wheelhouse.runs.RunId;
import dev.wheelhouse.runs.Runs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the traces of runs that have ended to a collector: whole runs, in the order of their ends, at least once. They
/// are read from the log, so that nothing is kept for them while runs go on, and a collector that is away costs
/// nothing: what it missed is sent when it is back, with the same ids.
@Context
@Requires(property = "traces.url")
final class ExportTraces implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ExportTraces.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Longer than a commit of the engine may take.
    private static final Duration SETTLED = Duration.ofSeconds(6);

    /// Longer than sending takes at most.
    private static final Duration HELD = Duration.ofSeconds(30);

    private static final int AT_ONCE = 50;

    private final Database database;
    private final TraceRepository traces;
    private final Provider<Runs> runs;
    private final Outbound outbound;
    private final TracesConfig config;
    private final Counter sent;
    private final Counter failed;
    private final Recurring exporting;
    private boolean isAway;

    ExportTraces(
            Database database,
            TraceRepository traces,
            Provider<Runs> runs,
            Outbound outbound,
            TracesConfig config,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.traces = traces;
        this.runs = runs;
        this.outbound = outbound;
        this.config = config;
        sent = meters.counter("wheelhouse.traces.sent", "state", "succeeded");
        failed = meters.counter("wheelhouse.traces.sent", "state", "failed");
        exporting = Recurring.startLater(clock, "export-traces", PAUSE, DatabaseException::isAway, this::export);
    }

    /// Says whether there may be more at once.
    private boolean export() {
        var place = take().orElse(null);
        if (place == null) {
            return false;
        }
        var ended = database.asEngine(() -> traces.after(place.at(), place.run(), SETTLED.toMillis(), AT_ONCE));
        return !ended.isEmpty() && send(ended) && advance(ended.getLast()) && ended.size() == AT_ONCE;
    }

    private Optional<TraceRepository.Place> take() {
        return database.asEngine(() -> {
            traces.begin(TenantId.DEFAULT.name());
            return traces.take(database.replica(), HELD.toMillis()).stream().findFirst();
        });
    }

    private boolean advance(TraceRepository.Ended last) {
        return database.asEngine(() -> traces.advance(last.endedAt(), last.run(), database.replica())) == 1;
    }

    private boolean send(List<TraceRepository.Ended> ended) {
        Map<Run, List<RunSpans.Span>> spans = new LinkedHashMap<>();
        // Chosen before they are read: most are not sent.
        ended.stream().filter(this::isWanted).forEach(one -> runs.get()
                .read(
                        new TenantId(one.tenant()),
                        new RunId(one.run()),
                        (run, steps) -> spans.put(run, RunSpans.of(run, steps))));
        // Whoever deletes a run meanwhile deletes its trace.
        return spans.isEmpty() || deliver(spans);
    }

    private boolean isWanted(TraceRepository.Ended ended) {
        var asked = Trace.read(ended.trace());
        if (asked != null && !asked.sampled()) {
            return ended.failed();
        }
        // Of an id's last bits, which are drawn at random: the same on every replica.
        long drawn = ended.run().getLeastSignificantBits() >>> 8;
        return asked != null
                || ended.failed()
                || ended.took() >= config.slow().toMillis()
                || Long.remainderUnsigned(drawn, 100) < config.sample();
    }

    private boolean deliver(Map<Run, List<RunSpans.Span>> spans) {
        String why;
        try {
            String body = Otlp.request(spans, version(), database.replica());
            int status = outbound.send(
                    Sending.post(String.valueOf(config.url()), config.headers(), body),
                    outbound.operators(),
                    (head, _) -> head.status());
            why = status >= 200 && status < 300 ? null : "it answered " + status;
            // What it will never take must not hold up the rest.
            if (status == 400 || status == 413) {
                LOG.warn("The collector refused {} traces for good: {}.", spans.size(), why);
                failed.increment(spans.size());
                return true;
            }
        } catch (Problem e) {
            why = e.message();
        }
        tell(why, spans.size());
        return why == null;
    }

    /// Said when it begins and when it is over, and not each second.
    private void tell(@Nullable String why, int traces) {
        if (why == null) {
            sent.increment(traces);
        } else {
            failed.increment(traces);
        }
        if (why != null && !isAway) {
            LOG.warn("Traces could not be sent: {}. They are sent when it is back.", why);
        } else if (why == null && isAway) {
            LOG.info("Traces are sent again.");
        }
        isAway = why != null;
    }

    private static String version() {
        String version = ExportTraces.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        exporting.close();
    }
}
