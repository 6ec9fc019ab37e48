package dev.wheelhouse.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What matches, once each: blocks that two replicas made at once may overlap.
final class Matches {

    private final Phrase phrase;
    private final List<FoundRun> list = new ArrayList<>();
    private final Set<UUID> known = new HashSet<>();

    Matches(Phrase phrase) {
        this.phrase = phrase;
    }

    void addAll(List<RunText> rows) {
        for (var row : rows) {
            if ((phrase.isEmpty() || phrase.isIn(row.text()))
                    && known.add(row.run().run())) {
                list.add(row.run());
            }
        }
    }

    int size() {
        return list.size();
    }

    /// In the order in which they were added.
    List<FoundRun> list() {
        return list;
    }

    /// The greatest first.
    List<FoundRun> by(Figure figure) {
        return list.stream()
                .sorted(Comparator.comparingLong((FoundRun run) -> value(run, figure))
                        .thenComparing(FoundRun::run)
                        .reversed())
                .toList();
    }

    /// The value that a run must have to be on a page of so many and one more; null while there is room for any.
    @Nullable
    Long least(int limit, Figure figure) {
        return list.size() <= limit ? null : Long.valueOf(value(by(figure).get(limit), figure));
    }

    static long value(FoundRun run, Figure figure) {
        Long value =
                switch (figure) {
                    case COST -> run.cost();
                    case DURATION -> run.duration();
                    case TOKENS -> Long.valueOf(run.tokens());
                };
        return Objects.requireNonNullElse(value, -1L);
    }
}
