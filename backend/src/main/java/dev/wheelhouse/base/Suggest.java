package dev.wheelhouse.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the name that was probably meant.
public final class Suggest {

    private Suggest() {}

    /// `Did you mean "x"?`, or else the known names.
    public static String hint(String written, Collection<String> known) {
        return nearest(written, known)
                .map("Did you mean \"%s\"?"::formatted)
                .orElseGet(() -> known.isEmpty()
                        ? "None are available"
                        : "Known: "
                                + String.join(
                                        ", ", known.stream().sorted().limit(20).toList()));
    }

    /// The known name at the smallest edit distance, if that is small for its length.
    public static Optional<String> nearest(String written, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(name -> name))
                .filter(name -> distance(written, name) <= Math.max(1, Math.min(written.length(), name.length()) / 3));
    }

    /// Levenshtein distance over the first 64 characters, with a swap counting as one edit.
    static int distance(String left, String right) {
        String a = left.substring(0, Math.min(64, left.length()));
        String b = right.substring(0, Math.min(64, right.length()));
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
