package dev.wheelhouse.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which runs to find; what is not given lets everything through.
///
/// @param text words that must be in what was asked or answered, or the id of a run or a thread
/// @param among the only runs that are looked at, at most 2,000; null: all
/// @param sort the figure to sort by, greatest first; null: newest first
public record SearchQuery(
        String text,
        Map<Property, String> equal,
        Map<Figure, Span> spans,
        @Nullable UUID thread,
        @Nullable List<UUID> among,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Figure sort) {

    /// Both ends are included.
    public record Span(long least, long most) {}

    public SearchQuery {
        equal = Map.copyOf(equal);
        spans = Map.copyOf(spans);
        among = among == null ? null : List.copyOf(among);
    }

    public SearchQuery(
            String text,
            Map<Property, String> equal,
            Map<Figure, Span> spans,
            @Nullable UUID thread,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Figure sort) {
        this(text, equal, spans, thread, null, from, to, sort);
    }

    public SearchQuery among(List<UUID> runs) {
        return new SearchQuery(text, equal, spans, thread, runs, from, to, sort);
    }
}
