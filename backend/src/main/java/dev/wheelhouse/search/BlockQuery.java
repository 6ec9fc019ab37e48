package dev.wheelhouse.search;

import dev.wheelhouse.runs.RunState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What blocks hold of runs, and what a block must hold to be worth looking at. A figure is kept by its size in bits.
///
/// @param words a `tsquery` of what one run of a block must have, null where every block is worth it
/// @param isOne whether it must have one thing only
/// @param somewhere the same without regard to which run has what, or runs that have not ended: what an index can tell
record BlockQuery(@Nullable String words, boolean isOne, String somewhere) {

    static final String UNENDED = "is=unended";

    /// Of blocks in which each word has the places of the runs that have it.
    static final String PLACED = "is=placed";

    private static final int LONGEST = 200;

    // What is known of a run only while it goes on says nothing about blocks.
    private static final Set<String> PASSING = Arrays.stream(RunState.values())
            .filter(state -> !state.isEnded())
            .map(RunState::word)
            .collect(Collectors.toSet());

    static BlockQuery of(SearchQuery query, Phrase phrase) {
        var needed = new ArrayList<>(phrase.needed());
        query.equal()
                .forEach((property, value) -> needed.add(
                        isPassing(property, value) ? quoted("is=never") : quoted(tag(property.word(), value))));
        query.spans().forEach((figure, span) -> needed.add(sizes(figure, span)));
        return of(needed);
    }

    /// Words of one run have one place: `<0>`.
    private static BlockQuery of(List<String> needed) {
        if (needed.isEmpty()) {
            return new BlockQuery(null, false, quoted(UNENDED));
        }
        String all = String.join(" & ", needed);
        String together = needed.size() == 1
                ? all
                : "(%s) | (%s & !%s)".formatted(String.join(" <0> ", needed), all, quoted(PLACED));
        return new BlockQuery(together, needed.size() == 1, "(%s) | %s".formatted(all, quoted(UNENDED)));
    }

    private static boolean isPassing(Property property, String value) {
        return property == Property.WAITING || property == Property.STATE && PASSING.contains(value);
    }

    /// All words of a run's properties and figures.
    static Set<String> tags(Map<Property, String> properties, Map<Figure, Long> figures) {
        var tags = new HashSet<String>();
        properties.forEach((property, value) -> {
            if (!isPassing(property, value)) {
                tags.add(tag(property.word(), value));
            }
        });
        figures.forEach((figure, value) -> tags.add(size(figure, bits(value))));
        return tags;
    }

    private static String tag(String name, String value) {
        String whole = name + "=" + value;
        return whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST);
    }

    private static String sizes(Figure figure, SearchQuery.Span span) {
        List<String> either = LongStream.rangeClosed(bits(span.least()), bits(span.most()))
                .mapToObj(bits -> quoted(size(figure, (int) bits)))
                .toList();
        return either.isEmpty() ? quoted("is=never") : "(" + String.join(" | ", either) + ")";
    }

    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, value));
    }

    private static String size(Figure figure, int bits) {
        return "%s=%02d".formatted(figure.word(), bits);
    }

    static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
