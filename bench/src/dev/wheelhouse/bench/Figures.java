package dev.wheelhouse.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a bench has found, each figure with its bar, printed as it comes.
final class Figures {

    /// @param bar such as `<= 3`; null for what is only told
    /// @param spread smallest and largest of the rounds, or null where there was one
    record Figure(
            String name,
            String written,
            double value,
            @Nullable String bar,
            @Nullable String spread,
            boolean passed) {}

    private final List<Figure> figures = new ArrayList<>();

    void atMost(String name, Rounds rounds, String unit, double most) {
        add(name, rounds, unit, "<= " + plain(most), rounds.median() <= most);
    }

    void exactly(String name, long value, long wanted) {
        add(name, Rounds.of(value), "", "" + wanted, value == wanted);
    }

    void told(String name, Rounds rounds, String unit) {
        add(name, rounds, unit, null, true);
    }

    private void add(String name, Rounds rounds, String unit, @Nullable String bar, boolean passed) {
        String written = plain(rounds.median()) + (unit.isEmpty() ? "" : " " + unit);
        String spread = rounds.count() < 2 ? null : plain(rounds.smallest()) + ".." + plain(rounds.largest());
        figures.add(new Figure(name, written, rounds.median(), bar, spread, passed));
        System.out.printf(
                Locale.ROOT,
                "  %-62s %16s  %-18s %s%n",
                name,
                written,
                spread == null ? "" : spread,
                bar == null ? "" : "(" + bar + ") " + (passed ? "pass" : "MISSED"));
    }

    static String plain(double number) {
        double size = Math.abs(number);
        String format = number == Math.rint(number) || size >= 1_000
                ? "%,.0f"
                : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, number);
    }

    List<Figure> all() {
        return figures;
    }
}
