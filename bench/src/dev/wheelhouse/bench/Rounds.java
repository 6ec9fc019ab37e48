package dev.wheelhouse.bench;

import java.util.Arrays;

/// One figure over all rounds.
record Rounds(double[] values) {

    static Rounds of(double... values) {
        return new Rounds(values.clone());
    }

    Rounds with(double value) {
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = value;
        return new Rounds(more);
    }

    /// Round by round: this divided by the other.
    Rounds over(Rounds other) {
        double[] ratios = new double[values.length];
        for (int round = 0; round < values.length; round++) {
            ratios[round] = values[round] / other.values[round];
        }
        return new Rounds(ratios);
    }

    /// Without the rounds in which the control was more than twice off its own median.
    Rounds trusted(Rounds control) {
        double median = control.median();
        double[] kept = new double[values.length];
        int count = 0;
        for (int round = 0; round < values.length; round++) {
            if (control.values[round] <= 2 * median && control.values[round] >= median / 2) {
                kept[count++] = values[round];
            }
        }
        return new Rounds(Arrays.copyOf(kept, count));
    }

    int count() {
        return values.length;
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length == 0
                ? Double.NaN
                : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double smallest() {
        return sorted()[0];
    }

    double largest() {
        return sorted()[values.length - 1];
    }

    /// The value below which this share lies.
    double at(double share) {
        double[] sorted = sorted();
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    private double[] sorted() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
