package dev.wheelhouse.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// When schedules come due. 2026-03-29 and 2026-10-25 are the days on which clocks change in Berlin, 2026-03-08 and
/// 2026-11-01 those in New York.
class CronTest {

    private static final ZoneId UTC = ZoneOffset.UTC;

    private static Cron cron(String text) {
        var reading = Cron.read(text);
        assertThat(reading.mistakes()).as(text).isEmpty();
        return Objects.requireNonNull(reading.cron());
    }

    private static List<String> next(String text, String after, String zone, int count) {
        var times = new ArrayList<String>();
        var time = Instant.parse(after);
        for (int n = 0; n < count; n++) {
            time = cron(text).next(time, ZoneId.of(zone)).orElseThrow();
            times.add(time.toString());
        }
        return times;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *|2026-01-01T00:00:30Z|2026-01-01T00:01:00Z",
                "*/15 * * * *|2026-01-01T00:46:00Z|2026-01-01T01:00:00Z",
                "0 2 * * *|2026-01-01T02:00:00Z|2026-01-02T02:00:00Z",
                "30 4 1,15 * *|2026-01-02T00:00:00Z|2026-01-15T04:30:00Z",
                "0 9 * * mon-fri|2026-01-02T09:00:00Z|2026-01-05T09:00:00Z",
                "0 9 * * 1-5|2026-01-02T09:00:00Z|2026-01-05T09:00:00Z",
                "0 0 * * 0|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * 7|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * SUN|2026-01-01T00:00:00Z|2026-01-04T00:00:00Z",
                "0 0 * * fri-mon|2026-01-06T00:00:00Z|2026-01-09T00:00:00Z",
                "0 22-2 * * *|2026-01-01T02:30:00Z|2026-01-01T22:00:00Z",
                "5-59/20 * * * *|2026-01-01T00:25:00Z|2026-01-01T00:45:00Z",
                "7/20 * * * *|2026-01-01T00:27:00Z|2026-01-01T00:47:00Z",
                "0 0 1 JAN,jul *|2026-01-02T00:00:00Z|2026-07-01T00:00:00Z",
                "0 0 29 2 *|2026-01-01T00:00:00Z|2028-02-29T00:00:00Z",
                "0 0 31 * *|2026-01-31T00:00:00Z|2026-03-31T00:00:00Z",
                "0 0 L * *|2026-02-01T00:00:00Z|2026-02-28T00:00:00Z",
                "0 0 L-3 * *|2026-02-01T00:00:00Z|2026-02-25T00:00:00Z",
                "0 0 15W * *|2026-02-01T00:00:00Z|2026-02-16T00:00:00Z",
                "0 0 1W * *|2026-07-31T00:00:00Z|2026-08-03T00:00:00Z",
                "0 0 LW * *|2026-05-01T00:00:00Z|2026-05-29T00:00:00Z",
                "0 0 * * fri#2|2026-01-01T00:00:00Z|2026-01-09T00:00:00Z",
                "0 0 * * friL|2026-01-01T00:00:00Z|2026-01-30T00:00:00Z",
                "0 0 * * 5#5|2026-02-01T00:00:00Z|2026-05-29T00:00:00Z",
                "0 0 13 * fri|2026-01-01T00:00:00Z|2026-01-02T00:00:00Z",
                "0 0 */2 * fri|2026-01-01T00:00:00Z|2026-01-09T00:00:00Z",
                "0 0 ? * mon|2026-01-01T00:00:00Z|2026-01-05T00:00:00Z",
                "@hourly|2026-01-01T00:10:00Z|2026-01-01T01:00:00Z",
                "@daily|2026-01-01T00:10:00Z|2026-01-02T00:00:00Z",
                "@Weekly|2026-01-01T00:10:00Z|2026-01-04T00:00:00Z",
                "@monthly|2026-01-01T00:10:00Z|2026-02-01T00:00:00Z",
                "@yearly|2026-01-01T00:10:00Z|2027-01-01T00:00:00Z",
                "*/10 * * * * *|2026-01-01T00:00:01Z|2026-01-01T00:00:10Z",
                "30 0 2 * * *|2026-01-01T02:00:30Z|2026-01-02T02:00:30Z",
                "59 59 23 31 12 *|2026-01-01T00:00:00Z|2026-12-31T23:59:59Z",
                "  0   2\t* * *  |2026-01-01T00:00:00Z|2026-01-01T02:00:00Z",
            })
    void comes_next(String text, String after, String expected) {
        assertThat(next(text, after, "UTC", 1)).containsExactly(expected);
    }

    @Test
    void what_falls_into_the_gap_of_spring_comes_once_right_after_it() {
        assertThat(next("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("*/20 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z");
        assertThat(next("15 2 * * *", "2026-03-07T12:00:00Z", "America/New_York", 2))
                .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:15:00Z");
    }

    @Test
    void what_is_there_twice_in_autumn_comes_once_the_first_time() {
        assertThat(next("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("0,30 1 * * *", "2026-10-31T12:00:00Z", "America/New_York", 3))
                .containsExactly("2026-11-01T05:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:00:00Z");
    }

    @Test
    void every_hour_is_every_real_hour_when_clocks_change() {
        assertThat(next("0 * * * *", "2026-03-29T00:00:00Z", "Europe/Berlin", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T03:00:00Z");
        assertThat(next("0 * * * *", "2026-10-24T23:00:00Z", "Europe/Berlin", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(next("*/30 * * * *", "2026-10-25T00:15:00Z", "Europe/Berlin", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void half_hours_and_skipped_days_are_known_too() {
        assertThat(next("15 2 * * *", "2026-10-03T00:00:00Z", "Australia/Lord_Howe", 1))
                .containsExactly("2026-10-03T15:30:00Z");
        assertThat(next("0 12 30 12 *", "2011-12-01T00:00:00Z", "Pacific/Apia", 1))
                .containsExactly("2011-12-30T10:00:00Z");
        assertThat(next("0 0 * * *", "2026-09-05T12:00:00Z", "America/Santiago", 1))
                .containsExactly("2026-09-06T04:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"30 2 * * *", "*/7 * * * *", "0 1-3 * * *", "*/20 */2 * * *", "15 10 1-3 * * *", "0 0 L * *"})
    void times_go_forward_and_do_not_depend_on_where_one_asks(String text) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (String name : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Asia/Kolkata")) {
            var zone = ZoneId.of(name);
            var from = Instant.parse(random.nextBoolean() ? "2026-03-06T00:00:00Z" : "2026-10-23T00:00:00Z")
                    .plusSeconds(random.nextInt(86_400));
            var time = cron(text).next(from, zone).orElseThrow();
            for (int n = 0; n < 300; n++) {
                var next = cron(text).next(time, zone).orElseThrow();
                assertThat(next).as("%s in %s, seed %d", text, name, seed).isAfter(time);
                var between = time.plusSeconds(random.nextInt(
                        (int) Math.min(80_000, Duration.between(time, next).toSeconds())));
                assertThat(cron(text).next(between, zone)).contains(next);
                time = next;
            }
        }
    }

    @Test
    void wall_clock_times_are_those_that_the_wall_shows() {
        var zone = ZoneId.of("Europe/Berlin");
        var time = Instant.parse("2026-01-01T00:00:00Z");
        for (int n = 0; n < 366; n++) {
            time = cron("30 3 * * *").next(time, zone).orElseThrow();
            assertThat(LocalDateTime.ofInstant(time, zone).toLocalTime()).hasToString("03:30");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0|This has 0 fields",
                "* * * *|0|This has 4 fields",
                "* * * * * * *|12|A seventh field, for years, is not known",
                "60 * * * *|0|60 is no minute",
                "* 24 * * *|2|24 is no hour",
                "* * 0 * *|4|0 is no day of the month",
                "* * 32 * *|4|32 is no day of the month",
                "* * * 13 *|6|13 is no month",
                "* * * foo *|6|\"foo\" is no month",
                "* * * * 8|8|8 is no day of the week",
                "* * * * funday|8|\"funday\" is no day of the week",
                "*/0 * * * *|0|\"/0\" is no step of a minute",
                "*/99 * * * *|0|\"/99\" is no step of a minute",
                "1--5 * * * *|0|\"1--5\" is no range",
                "1,,2 * * * *|0|\"\" is no minute",
                "*/5/5 * * * *|0|\"*/5/5\" is no minute",
                "-5 * * * *|0|\"\" is no minute",
                "* * * * fri#6|8|\"fri#6\" is no day of the week",
                "* * * * L|8|\"L\" alone is no day of the week",
                "* * L-40 * *|4|\"L-40\" is no day of the month",
                "* * 40W * *|4|40 is no day of the month",
                "0 0 30 2 *|4|There is no such day in any year",
                "0 0 31 4,6,9,11 *|4|There is no such day in any year",
                "@every|0|\"@every\" is no schedule",
                "@reboot|0|\"@reboot\" is no schedule",
                "CRON_TZ=Europe/Berlin 0 2 * * *|0|A time zone does not stand in the cron text",
                "0 2 * * ٣|8|\"٣\" is no day of the week",
            })
    void text_is_refused_with_the_place_of_its_mistake(String text, int at, String message) {
        var mistakes = Cron.read(text).mistakes();
        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.getFirst().at()).isEqualTo(at);
        assertThat(mistakes.getFirst().message()).isEqualTo(message);
        assertThat(mistakes.getFirst().hint()).isNotBlank();
    }

    @Test
    void all_fields_that_are_wrong_are_told_at_once() {
        assertThat(Cron.read("61 25 0 13 9").mistakes())
                .extracting(Cron.Mistake::message)
                .containsExactly(
                        "61 is no minute",
                        "25 is no hour",
                        "0 is no day of the month",
                        "13 is no month",
                        "9 is no day of the week");
    }

    @Test
    void no_text_breaks_the_reader() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        String letters = "0123456789*/-,?LW#@ janfri\t";
        for (int n = 0; n < 20_000; n++) {
            var text = new StringBuilder();
            for (int at = random.nextInt(20); at >= 0; at--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var reading = Cron.read(text.toString());
            assertThat(reading.cron() == null)
                    .as("%s, seed %d", text, seed)
                    .isNotEqualTo(reading.mistakes().isEmpty());
            if (reading.cron() != null) {
                assertThat(reading.cron().next(Instant.EPOCH, UTC))
                        .as(text.toString())
                        .isPresent();
            }
        }
    }
}
