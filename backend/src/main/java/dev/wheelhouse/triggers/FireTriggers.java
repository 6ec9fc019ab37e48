package dev.wheelhouse.triggers;

import dev.wheelhouse.clock.Clock;
import dev.wheelhouse.clock.Mailbox;
import dev.wheelhouse.clock.Recurring;
import dev.wheelhouse.database.Columns;
import dev.wheelhouse.database.Database;
import dev.wheelhouse.database.DatabaseException;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fires what is due: schedules whose time has come, and what happened here or a person wants. Replicas share the work;
/// a round sleeps until the next slot that it knows of, and looks for new ones every two seconds.
@Context
final class FireTriggers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FireTriggers.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(20);
    private static final int AT_ONCE = 200;
    private static final int FORGET_EVERY = 300;
    private static final int KEEP = 1_000;

    private final Database database;
    private final AllFiringsRepository firings;
    private final StartFirings start;
    private final FiringLog log;
    private final List<TriggerListener> listeners;
    private final Mailbox<Boolean> wake;
    private final Recurring rounds;
    private int round;

    @Inject
    FireTriggers(
            Database database,
            AllFiringsRepository firings,
            StartFirings start,
            FiringLog log,
            List<TriggerListener> listeners,
            Clock clock) {
        this.database = database;
        this.firings = firings;
        this.start = start;
        this.log = log;
        this.listeners = listeners;
        wake = clock.mailbox();
        rounds = Recurring.startPaced(
                clock, "fire-triggers", LONGEST_PAUSE, DatabaseException::isAway, wake, this::fireAll);
    }

    /// Ends the pause: something is due that this replica knows of.
    void wake() {
        if (wake.isEmpty()) {
            wake.put(true);
        }
    }

    /// How long the pause after the round is.
    private Duration fireAll() {
        log.write();
        if (round++ % FORGET_EVERY == 0) {
            database.asEngine(() -> firings.forget(KEEP));
        }
        var next = database.asEngine(firings::untilNext).map(Duration::ofMillis).orElse(LONGEST_PAUSE);
        if (next.isPositive()) {
            return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
        }
        boolean hasDone = takeSlots();
        hasDone |= start.startDue(AT_ONCE);
        return hasDone ? Duration.ZERO : SHORTEST_PAUSE;
    }

    private boolean takeSlots() {
        var due = database.asEngine(() -> firings.slots(AT_ONCE));
        var taken = due.stream().map(FireTriggers::taken).toList();
        if (!taken.isEmpty() && take(taken) > 0) {
            taken.forEach(this::tellMissed);
        }
        return !due.isEmpty();
    }

    /// Slots that are taken.
    private record Taken(
            AllFiringsRepository.Due due, @Nullable Schedule schedule, Slots slots) {

        AllFiringsRepository.Moved moved() {
            return new AllFiringsRepository.Moved(due.tenant(), due.name(), due.version(), due.dueAt(), slots.next());
        }

        Stream<AllFiringsRepository.Slot> fire() {
            return slots.fire().stream()
                    .map(slot -> new AllFiringsRepository.Slot(due.tenant(), due.name(), slot, start(slot)));
        }

        private Instant start(Instant slot) {
            return schedule == null ? slot : schedule.due(due.tenant() + "/" + due.name(), slot);
        }
    }

    private static Taken taken(AllFiringsRepository.Due due) {
        var schedule = TriggerReader.readStored(due.definition()).schedule();
        return new Taken(
                due,
                schedule,
                schedule == null ? new Slots(List.of(), 0, null) : Slots.of(schedule, due.dueAt(), due.now()));
    }

    private int take(List<Taken> all) {
        String moved = new Columns<>(all.stream().map(Taken::moved).toList()).json();
        String slots = new Columns<>(all.stream().flatMap(Taken::fire).toList()).json();
        return database.asEngine(() -> firings.take(moved, slots));
    }

    private void tellMissed(Taken taken) {
        int passed = taken.slots().passed();
        if (passed > 0) {
            LOG.warn(
                    "Trigger {} of {} passed over {} slots that nobody could fire in time.",
                    taken.due().name(),
                    taken.due().tenant(),
                    passed);
            listeners.forEach(listener -> listener.missed(taken.due().of(), passed));
        }
    }

    @Override
    @PreDestroy
    public void close() throws InterruptedException {
        rounds.close();
        log.writeLast();
    }
}
