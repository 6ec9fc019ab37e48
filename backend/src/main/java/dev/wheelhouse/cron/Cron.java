package dev.wheelhouse.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The front door: a schedule as cron writes it, `minute hour day month weekday`, with seconds before them where there
/// are six. `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly` and `@annually` stand for what they say.
public final class Cron {

    /// What is wrong with a text: where in it, counted from 0.
    public record Mistake(int at, String message, String hint) {}

    /// A text that was read: exactly one of the two says something.
    public record Reading(@Nullable Cron cron, List<Mistake> mistakes) {}

    private static final Map<String, String> NICKNAMES = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final String FORM = "Write five fields, such as 0 2 * * mon-fri: minute, hour, day, month, weekday";

    /// The 29th of February falls on each weekday within 28 years, 40 over a century without one.
    private static final int MOST_DAYS = 366 * 41;

    private final Values seconds;
    private final Values minutes;
    private final Values hours;
    private final Values months;
    private final Days days;

    private Cron(Values seconds, Values minutes, Values hours, Values months, Days days) {
        this.seconds = seconds;
        this.minutes = minutes;
        this.hours = hours;
        this.months = months;
        this.days = days;
    }

    /// Reads a text and says everything that is wrong with it.
    public static Reading read(String text) {
        String plain = NICKNAMES.getOrDefault(text.strip().toLowerCase(Locale.ROOT), text);
        var words = Word.of(plain);
        var form = formMistake(plain, words);
        if (form != null) {
            return new Reading(null, List.of(form));
        }
        var fields = words.size() == 6 ? words : withSeconds(words);
        var mistakes = new ArrayList<Mistake>();
        for (var field : Field.values()) {
            check(field, fields.get(field.ordinal()), mistakes);
        }
        if (!mistakes.isEmpty()) {
            return new Reading(null, mistakes);
        }
        var cron = new Cron(
                Values.of(Field.SECOND, fields.get(0).text()),
                Values.of(Field.MINUTE, fields.get(1).text()),
                Values.of(Field.HOUR, fields.get(2).text()),
                Values.of(Field.MONTH, fields.get(4).text()),
                new Days(fields.get(3).text(), fields.get(5).text()));
        return cron.comes()
                ? new Reading(cron, List.of())
                : new Reading(
                        null,
                        List.of(new Mistake(
                                fields.get(3).at(),
                                "There is no such day in any year",
                                "Correct the day or the month")));
    }

    private static List<Word> withSeconds(List<Word> words) {
        var all = new ArrayList<>(words);
        all.addFirst(new Word(words.getFirst().at(), "0"));
        return all;
    }

    private static @Nullable Mistake formMistake(String text, List<Word> words) {
        String first = words.isEmpty() ? "" : words.getFirst().text();
        if (first.startsWith("CRON_TZ=") || first.startsWith("TZ=")) {
            return new Mistake(0, "A time zone does not stand in the cron text", "Name it beside it, as timeZone");
        }
        if (first.startsWith("@")) {
            return new Mistake(
                    0,
                    "\"%s\" is no schedule".formatted(text.strip()),
                    "Use @hourly, @daily, @weekly, " + "@monthly or @yearly, or five fields");
        }
        return switch (words.size()) {
            case 5, 6 -> null;
            case 7 ->
                new Mistake(words.getLast().at(), "A seventh field, for years, is not known", "Leave it out: " + FORM);
            default -> new Mistake(0, "This has %d fields".formatted(words.size()), FORM);
        };
    }

    private static void check(Field field, Word word, List<Mistake> mistakes) {
        try {
            switch (field) {
                case DAY -> Days.checkDayOfMonth(word.text());
                case WEEKDAY -> Days.checkDayOfWeek(word.text());
                case SECOND, MINUTE, HOUR, MONTH -> Values.of(field, word.text());
            }
        } catch (Field.Wrong wrong) {
            mistakes.add(new Mistake(word.at(), wrong.getMessage(), wrong.hint));
        }
    }

    private boolean comes() {
        return nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0), MOST_DAYS).isPresent();
    }

    /// The first time after this one. Empty where there is none within forty years.
    public Optional<Instant> next(Instant after, ZoneId zone) {
        return hours.isAny() ? nextOfReal(after, zone) : nextOfWall(after, zone);
    }

    /// Each time on the wall's clock once: what is skipped there comes right after the gap, what is there twice comes
    /// the first time.
    private Optional<Instant> nextOfWall(Instant after, ZoneId zone) {
        var local = after.atZone(zone).toLocalDateTime();
        while (true) {
            var candidate = nextLocal(local, MOST_DAYS);
            if (candidate.isEmpty()) {
                return Optional.empty();
            }
            local = candidate.get();
            var transition = zone.getRules().getTransition(local);
            var instant = transition == null || !transition.isGap()
                    ? local.atZone(zone).withEarlierOffsetAtOverlap().toInstant()
                    : transition.getInstant();
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
        }
    }

    /// Each time that there really is: none in a gap, both of an overlap.
    private Optional<Instant> nextOfReal(Instant after, ZoneId zone) {
        var from = after;
        while (true) {
            var offset = zone.getRules().getOffset(from);
            var candidate = nextLocal(LocalDateTime.ofInstant(from, offset), MOST_DAYS);
            if (candidate.isEmpty()) {
                return Optional.empty();
            }
            var instant = candidate.get().toInstant(offset);
            var transition = zone.getRules().nextTransition(from);
            if (transition == null || instant.isBefore(transition.getInstant())) {
                return Optional.of(instant);
            }
            from = transition.getInstant();
            if (matches(transition.getDateTimeAfter())) {
                return Optional.of(from);
            }
        }
    }

    private boolean matches(LocalDateTime time) {
        return has(time.toLocalDate())
                && hours.has(time.getHour())
                && minutes.has(time.getMinute())
                && seconds.has(time.getSecond());
    }

    private boolean has(LocalDate day) {
        return months.has(day.getMonthValue()) && days.has(day);
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after, int mostDays) {
        var from = after.withNano(0).plusSeconds(1);
        var day = from.toLocalDate();
        for (int count = 0; count < mostDays; count++) {
            var time = has(day) ? firstTime(count == 0 ? from.toLocalTime() : LocalTime.MIDNIGHT) : null;
            if (time != null) {
                return Optional.of(day.atTime(time));
            }
            day = months.has(day.getMonthValue())
                    ? day.plusDays(1)
                    : day.plusMonths(1).withDayOfMonth(1);
        }
        return Optional.empty();
    }

    private @Nullable LocalTime firstTime(LocalTime from) {
        int hour = hours.from(from.getHour());
        if (hour < 0) {
            return null;
        }
        boolean sameHour = hour == from.getHour();
        int minute = minutes.from(sameHour ? from.getMinute() : 0);
        if (minute < 0) {
            return hour == 23 ? null : firstTime(LocalTime.of(hour + 1, 0));
        }
        boolean sameMinute = sameHour && minute == from.getMinute();
        int second = seconds.from(sameMinute ? from.getSecond() : 0);
        if (second >= 0) {
            return LocalTime.of(hour, minute, second);
        }
        var next = LocalTime.of(hour, minute).plusMinutes(1);
        return next.equals(LocalTime.MIDNIGHT) ? null : firstTime(next);
    }

    /// A field as it stands in the text.
    private record Word(int at, String text) {
        static List<Word> of(String text) {
            var words = new ArrayList<Word>();
            var form = java.util.regex.Pattern.compile("\\S+").matcher(text);
            while (form.find()) {
                words.add(new Word(form.start(), form.group()));
            }
            return words;
        }
    }
}
