package dev.wheelhouse.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an experiment found, each figure with the bar that it is held to, in the order in which they were given.
final class Figures {

    /// @param bar as it is printed, such as `0` or `<= 15`; null for what is only told
    record Figure(
            String name,
            double value,
            String unit,
            @Nullable String bar,
            boolean passed) {

        String written() {
            String number = value == Math.rint(value) ? "%,d".formatted((long) value) : decimals();
            return unit.isEmpty() ? number : number + " " + unit;
        }

        private String decimals() {
            return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
        }
    }

    private final List<Figure> figures = new ArrayList<>();

    /// What must be exactly this, mostly 0.
    Figures exactly(String name, long value, long wanted) {
        return add(new Figure(name, value, "", "" + wanted, value == wanted));
    }

    Figures atMost(String name, double value, String unit, double most) {
        return add(new Figure(name, value, unit, "<= " + plain(most), value <= most));
    }

    Figures atLeast(String name, double value, String unit, double least) {
        return add(new Figure(name, value, unit, ">= " + plain(least), value >= least));
    }

    /// What has no bar and is told all the same.
    Figures told(String name, double value, String unit) {
        return add(new Figure(name, value, unit, null, true));
    }

    private Figures add(Figure figure) {
        figures.add(figure);
        return this;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "" + (long) number : "" + number;
    }

    List<Figure> all() {
        return List.copyOf(figures);
    }
}
