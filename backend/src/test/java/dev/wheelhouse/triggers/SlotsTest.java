package dev.wheelhouse.triggers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wheelhouse.cron.Cron;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which slots fire after a while in which nobody could fire them.
class SlotsTest {

    private static final Instant DUE = Instant.parse("2026-05-01T10:00:00Z");

    private static Schedule schedule(String cron, Schedule.Missed missed) {
        return new Schedule(
                cron,
                Objects.requireNonNull(Cron.read(cron).cron()),
                ZoneOffset.UTC,
                missed,
                Schedule.Overlap.ALLOW,
                Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        // at once: nothing is missed
        "SKIP,  0, 1, 0", "ONCE,  0, 1, 0", "ALL,   0, 1, 0",
        "SKIP, 59, 1, 0", "ONCE, 59, 1, 0", "ALL,  59, 1, 0",
        // the slot of now is there, and one or four before it are late
        "SKIP, 90, 1, 1", "ONCE, 90, 1, 1", "ALL,  90, 2, 0",
        "SKIP, 299, 1, 4", "ONCE, 299, 1, 4", "ALL, 299, 5, 0",
    })
    void every_minute(Schedule.Missed missed, int late, int fired, int passed) {
        var slots = Slots.of(schedule("* * * * *", missed), DUE, DUE.plusSeconds(late));
        assertThat(slots.fire()).hasSize(fired).isSorted();
        assertThat(slots.passed()).isEqualTo(passed);
        assertThat(slots.next()).isAfter(DUE.plusSeconds(late));
    }

    @ParameterizedTest
    @CsvSource({"SKIP, 0, 3", "ONCE, 1, 2", "ALL, 3, 0"})
    void every_day_after_three_nights(Schedule.Missed missed, int fired, int passed) {
        var slots = Slots.of(
                schedule("0 10 * * *", missed),
                DUE,
                DUE.plus(Duration.ofDays(2)).plus(Duration.ofHours(3)));
        assertThat(slots.fire()).hasSize(fired);
        assertThat(slots.passed()).isEqualTo(passed);
        assertThat(slots.next()).isEqualTo(DUE.plus(Duration.ofDays(3)));
    }

    @Test
    void the_last_of_those_that_were_missed_fires_once() {
        var slots = Slots.of(
                schedule("0 10 * * *", Schedule.Missed.ONCE),
                DUE,
                DUE.plus(Duration.ofDays(2)).plus(Duration.ofHours(3)));
        assertThat(slots.fire()).containsExactly(DUE.plus(Duration.ofDays(2)));
    }

    @Test
    void a_month_of_seconds_does_not_fire_all_of_them() {
        var slots = Slots.of(schedule("* * * * * *", Schedule.Missed.ALL), DUE, DUE.plus(Duration.ofDays(1)));
        assertThat(slots.fire()).hasSize(Slots.MOST + 61);
        assertThat(slots.fire().getLast()).isEqualTo(DUE.plus(Duration.ofDays(1)));
        assertThat(slots.passed()).isEqualTo(86_400 - 60 - Slots.MOST);
    }

    @Test
    void years_of_seconds_are_not_counted_one_by_one() {
        var now = DUE.plus(Duration.ofDays(3_650));
        var slots = Slots.of(schedule("* * * * * *", Schedule.Missed.ALL), DUE, now);
        assertThat(slots.fire()).hasSize(Slots.MOST + 61);
        assertThat(slots.fire().getLast()).isEqualTo(now);
        assertThat(slots.passed()).isEqualTo(2 * 86_400 - 61 - Slots.MOST);
        var yearly = Slots.of(schedule("@yearly", Schedule.Missed.ALL), DUE, now);
        assertThat(yearly.fire()).hasSize(11);
    }

    @Test
    void jitter_is_the_same_for_a_slot_and_bounded() {
        var cron = Objects.requireNonNull(Cron.read("* * * * *").cron());
        var schedule = new Schedule(
                "* * * * *",
                cron,
                ZoneOffset.UTC,
                Schedule.Missed.SKIP,
                Schedule.Overlap.ALLOW,
                Duration.ofSeconds(30));
        for (int n = 0; n < 1_000; n++) {
            var slot = DUE.plusSeconds(60L * n);
            var due = schedule.due("default/x", slot);
            assertThat(due).isBetween(slot, slot.plusSeconds(30)).isEqualTo(schedule.due("default/x", slot));
        }
        assertThat(schedule.due("default/x", DUE)).isNotEqualTo(schedule.due("default/y", DUE));
    }
}
