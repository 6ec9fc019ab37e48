package dev.wheelhouse.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The days of a schedule. Where both the day of the month and that of the week are restricted, either is enough, as in
/// cron.
///
/// Besides lists the day of the month may be `L` (the last), `L-3` (three before it), `15W` (the weekday nearest to the
/// 15th) or `LW`, and the day of the week `fri#2` (the second Friday) or `friL` (the last one).
final class Days {

    private static final Pattern BEFORE_LAST = Pattern.compile("L(?:-(\\d{1,2}))?");
    private static final Pattern NEAREST = Pattern.compile("(\\d{1,2}|L)W");
    private static final Pattern NTH = Pattern.compile("(\\w+)#(\\d+)");
    private static final Pattern LAST = Pattern.compile("(\\w+)L");

    private final Predicate<LocalDate> ofMonth;
    private final Predicate<LocalDate> ofWeek;
    private final boolean both;

    Days(String ofMonth, String ofWeek) {
        this.ofMonth = anyOf(ofMonth, Days::dayOfMonth);
        this.ofWeek = anyOf(ofWeek, Days::dayOfWeek);
        both = isOpen(ofMonth) || isOpen(ofWeek);
    }

    private static boolean isOpen(String text) {
        return text.startsWith("*") || text.equals("?");
    }

    boolean has(LocalDate day) {
        return both ? ofMonth.test(day) && ofWeek.test(day) : ofMonth.test(day) || ofWeek.test(day);
    }

    private interface Read {
        Predicate<LocalDate> read(String part);
    }

    /// What is wrong with a field alone.
    static void checkDayOfMonth(String text) {
        anyOf(text, Days::dayOfMonth);
    }

    static void checkDayOfWeek(String text) {
        anyOf(text, Days::dayOfWeek);
    }

    private static Predicate<LocalDate> anyOf(String text, Read read) {
        List<Predicate<LocalDate>> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(read.read(part));
        }
        return day -> parts.stream().anyMatch(part -> part.test(day));
    }

    private static Predicate<LocalDate> dayOfMonth(String part) {
        String upper = part.toUpperCase(Locale.ROOT);
        var last = BEFORE_LAST.matcher(upper);
        if (last.matches()) {
            int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
            if (before > 30) {
                throw new Field.Wrong("\"%s\" is no day of the month".formatted(part), "Use L-1 to L-30");
            }
            return day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
        }
        var nearest = NEAREST.matcher(upper);
        if (nearest.matches()) {
            int wanted = nearest.group(1).equals("L") ? 31 : Field.DAY.value(nearest.group(1));
            boolean isLast = nearest.group(1).equals("L");
            return day -> (isLast || wanted <= day.lengthOfMonth())
                    && day.equals(weekdayNear(day.withDayOfMonth(Math.min(wanted, day.lengthOfMonth()))));
        }
        var days = Values.of(Field.DAY, part);
        return day -> days.has(day.getDayOfMonth());
    }

    /// Within the same month.
    private static LocalDate weekdayNear(LocalDate day) {
        int move =
                switch (day.getDayOfWeek()) {
                    case SATURDAY -> day.getDayOfMonth() == 1 ? 2 : -1;
                    case SUNDAY -> day.getDayOfMonth() == day.lengthOfMonth() ? -2 : 1;
                    case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 0;
                };
        return day.plusDays(move);
    }

    private static Predicate<LocalDate> dayOfWeek(String part) {
        var nth = NTH.matcher(part);
        if (nth.matches()) {
            var wanted = weekday(nth.group(1));
            if (!nth.group(2).matches("[1-5]")) {
                throw new Field.Wrong("\"%s\" is no day of the week".formatted(part), "Use #1 to #5");
            }
            int number = Integer.parseInt(nth.group(2));
            return day -> day.getDayOfWeek() == wanted && (day.getDayOfMonth() - 1) / 7 + 1 == number;
        }
        var last = LAST.matcher(part);
        if (last.matches()) {
            var wanted = weekday(last.group(1));
            return day -> day.equals(day.with(TemporalAdjusters.lastInMonth(wanted)));
        }
        if (part.equalsIgnoreCase("L")) {
            throw new Field.Wrong(
                    "\"L\" alone is no day of the week", "Write satL for the last Saturday of a month, or 6");
        }
        var days = Values.of(Field.WEEKDAY, part);
        return day -> days.has(day.getDayOfWeek().getValue() % 7);
    }

    private static DayOfWeek weekday(String word) {
        int number = Field.WEEKDAY.value(word) % 7;
        return DayOfWeek.of(number == 0 ? 7 : number);
    }
}
