package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.definitions.Expressions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes runs of firings that are due. What is refused for the moment is tried again, for an hour or so.
@Singleton
final class StartFirings {

    private static final Logger LOG = LoggerFactory.getLogger(StartFirings.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 60;

    private final Database database;
    private final AllFiringsRepository firings;
    private final StartTriggered start;
    private final List<TriggerListener> listeners;

    StartFirings(
            Database database, AllFiringsRepository firings, StartTriggered start, List<TriggerListener> listeners) {
        this.database = database;
        this.firings = firings;
        this.start = start;
        this.listeners = listeners;
    }

    /// Says whether there were any.
    boolean startDue(int most) {
        var open = database.asEngine(() -> firings.open(most));
        if (open.isEmpty()) {
            return false;
        }
        var ends = Collections.synchronizedList(new ArrayList<AllFiringsRepository.End>());
        // Runs are written down in batches, by whoever waits at the same time.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            open.forEach(firing -> threads.execute(() -> {
                var end = ended(firing);
                if (end != null) {
                    ends.add(end);
                }
            }));
        }
        if (!ends.isEmpty()) {
            String rows = new Columns<>(ends).json();
            database.asEngine(() -> firings.end(rows));
        }
        return true;
    }

    /// Null where Postgres is away: it is due again in a moment.
    private AllFiringsRepository.@Nullable End ended(AllFiringsRepository.Open firing) {
        var trigger = TriggerReader.readStored(firing.definition());
        AllFiringsRepository.End end;
        try {
            end = end(firing, trigger);
        } catch (DatabaseException e) {
            LOG.debug("Trigger {} of {} waits for Postgres.", firing.trigger(), firing.of(), e);
            return null;
        } catch (RuntimeException e) {
            LOG.error("Trigger {} of {} failed. It is not tried again.", firing.trigger(), firing.of(), e);
            end = over(firing, Firing.State.FAILED, "It failed for a reason that the operator finds in the log");
        }
        if (end.pause() == null) {
            tell(firing.of(), trigger, end, firing.slot() == null ? Duration.ZERO : Duration.ofMillis(firing.late()));
        }
        return end;
    }

    private void tell(TenantId tenant, Trigger trigger, AllFiringsRepository.End end, Duration late) {
        if (end.state() == Firing.State.FAILED) {
            LOG.warn("Trigger {} of {} started nothing: {}", trigger.name(), tenant, end.reason());
        }
        listeners.forEach(listener -> listener.fired(tenant, trigger.source().kind(), end.state(), late));
    }

    private AllFiringsRepository.End end(AllFiringsRepository.Open firing, Trigger trigger) {
        var schedule = trigger.schedule();
        if (firing.blocked() && schedule != null && firing.slot() != null) {
            switch (schedule.overlap()) {
                case SKIP -> {
                    return over(firing, Firing.State.SKIPPED, "The run before has not ended");
                }
                case QUEUE -> {
                    return later(firing, "It waits for the run before to end", LOOK_AGAIN);
                }
                case ALLOW -> {}
            }
        }
        try {
            var run = start.start(firing.of(), trigger, firing.key(), input(firing, trigger), firing.depth());
            return new AllFiringsRepository.End(
                    firing.of(),
                    firing.trigger(),
                    firing.key(),
                    Firing.State.STARTED,
                    run.id().toString(),
                    null,
                    null);
        } catch (Expressions.NoValueException e) {
            return over(firing, Firing.State.FAILED, "The input has no value: " + e.getMessage());
        } catch (Problem e) {
            return passes(e) && firing.tries() < MOST_TRIES
                    ? later(firing, e.sentences(), Duration.ofSeconds(Math.min(60, 1L << Math.min(6, firing.tries()))))
                    : over(firing, Firing.State.FAILED, e.sentences());
        }
    }

    private static boolean passes(Problem e) {
        return e.code() == ErrorCode.NOT_READY || e.code() == ErrorCode.RATE_LIMITED;
    }

    private static JsonNode input(AllFiringsRepository.Open firing, Trigger trigger) {
        var names = firing.given() == null
                ? Json.mapper().createObjectNode().put("slot", String.valueOf(firing.slot()))
                : (com.fasterxml.jackson.databind.node.ObjectNode) Json.read(firing.given());
        names.put("trigger", trigger.name());
        return new Given(trigger.source().kind(), names).input(trigger);
    }

    private static AllFiringsRepository.End over(AllFiringsRepository.Open firing, Firing.State state, String reason) {
        return end(firing, state, reason, null);
    }

    private static AllFiringsRepository.End later(AllFiringsRepository.Open firing, String reason, Duration wait) {
        return end(firing, Firing.State.DUE, reason, wait);
    }

    private static AllFiringsRepository.End end(
            AllFiringsRepository.Open firing, Firing.State state, String reason, @Nullable Duration wait) {
        String stored = Text.storable(Text.shorten(reason, 500));
        return new AllFiringsRepository.End(firing.of(), firing.trigger(), firing.key(), state, null, stored, wait);
    }
}
