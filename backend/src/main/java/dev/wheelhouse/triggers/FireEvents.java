package dev.wheelhouse.triggers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.TenantId;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import dev.wheelhouse.notices.Notice;
import dev.wheelhouse.notices.Notices;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/// Makes firings of what happened. A notice goes in the statement that writes its firings, so it fires once.
///
/// Only what nobody called counts, so that a run and those that it calls are one event. How many triggers in a row led
/// to a run stands in its metadata; the chain ends at [Happening#DEEPEST].
@Context
final class FireEvents implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int AT_ONCE = 200;

    private final Notices notices;
    private final Database database;
    private final AllFiringsRepository firings;
    private final Describe describe;
    private final FireTriggers fire;
    private final Recurring rounds;

    FireEvents(
            Notices notices,
            Database database,
            AllFiringsRepository firings,
            Describe describe,
            FireTriggers fire,
            Clock clock) {
        this.notices = notices;
        this.database = database;
        this.firings = firings;
        this.describe = describe;
        this.fire = fire;
        rounds = Recurring.startLater(clock, "fire-events", PAUSE, DatabaseException::isAway, this::fireAll);
    }

    /// Says whether there may be more. Where no tenant has such a trigger, nobody is asked.
    private boolean fireAll() {
        if (!notices.watches(Notice.Reader.TRIGGERS)) {
            return false;
        }
        var found = notices.read(Notice.Reader.TRIGGERS, AT_ONCE);
        if (found.isEmpty()) {
            return false;
        }
        var known = new HashMap<TenantId, List<Trigger>>();
        var fired = new ArrayList<AllFiringsRepository.Fired>();
        for (var notice : found) {
            fired.addAll(fired(notice, known.computeIfAbsent(notice.tenant(), this::triggers)));
        }
        String ids = Json.write(found.stream().map(Notice::id).toList());
        String rows = new Columns<>(fired).json();
        database.asEngine(() -> firings.takeNotices(ids, rows));
        fire.wake();
        return found.size() == AT_ONCE;
    }

    /// The moments of runs that the tenant's triggers wait for; with any of them the end.
    Set<Notice.Moment> moments(TenantId tenant) {
        var moments = EnumSet.noneOf(Notice.Moment.class);
        for (var trigger : triggers(tenant)) {
            moments.add(Notice.Moment.ENDED);
            for (var moment : Notice.Moment.values()) {
                if (((Happening) trigger.source()).types().contains(moment.type())) {
                    moments.add(moment);
                }
            }
        }
        return moments;
    }

    /// Those of a tenant that wait for events and are enabled.
    private List<Trigger> triggers(TenantId tenant) {
        return database.asEngine(() -> firings.forEvents(tenant.name())).stream()
                .map(TriggerReader::readStored)
                .toList();
    }

    private List<AllFiringsRepository.Fired> fired(Notice notice, List<Trigger> triggers) {
        var fired = new ArrayList<AllFiringsRepository.Fired>();
        var described = triggers.isEmpty() ? null : describe.of(notice).orElse(null);
        var run = described == null ? null : described.run();
        if (described == null || run == null || run.parent() != null) {
            return fired;
        }
        for (var trigger : triggers) {
            var happening = (Happening) trigger.source();
            if (happening.isAbout(
                    notice.type(), run.program().kind(), run.program().name())) {
                int depth = StartTriggered.depth(run.metadata()) + 1;
                fired.add(fired(notice, trigger, described.event(), depth));
            }
        }
        return fired;
    }

    private static AllFiringsRepository.Fired fired(Notice notice, Trigger trigger, ObjectNode event, int depth) {
        var names = Json.mapper().createObjectNode().put("trigger", trigger.name());
        names.set("event", event);
        String against = depth > Happening.DEEPEST
                ? "%d triggers in a row led to it, which may be a circle".formatted(Happening.DEEPEST)
                : new Given(Source.Kind.EVENT, names).against(trigger);
        return new AllFiringsRepository.Fired(
                notice.id(),
                notice.tenant(),
                trigger.name(),
                "event:" + notice.id(),
                Text.storable(names.toString()),
                depth,
                against == null ? null : Text.storable(Text.shorten(against, 500)));
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        rounds.close();
    }
}
