package dev.wheelhouse.content;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.feedback.Rating;
import dev.wheelhouse.runs.RunState;
import dev.wheelhouse.runs.WaitingReason;
import dev.wheelhouse.search.Figure;
import dev.wheelhouse.search.Property;
import dev.wheelhouse.search.SearchQuery;
import io.micronaut.http.HttpParameters;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a search is asked for, from the address: all that is wrong with it is told at once.
final class SearchParameters {

    private static final int LONGEST_TEXT = 500;
    private static final long MOST = 1_000_000_000_000_000L;
    private static final List<String> ORIGINS = List.of("request", "call", "retry", "fork", "replay");
    private static final Map<Property, List<String>> WORDS = Map.of(
            Property.STATE, Arrays.stream(RunState.values()).map(RunState::word).toList(),
            Property.WAITING,
                    Arrays.stream(WaitingReason.values())
                            .map(WaitingReason::word)
                            .toList(),
            Property.ORIGIN, ORIGINS);

    private final HttpParameters given;
    private final List<Mistake> mistakes = new ArrayList<>();

    private SearchParameters(HttpParameters given) {
        this.given = given;
    }

    /// The query, and where the page begins.
    record Asked(
            SearchQuery query,
            @Nullable Rating feedback,
            @Nullable String after,
            @Nullable String limit) {}

    static Asked of(HttpParameters given, boolean isPage) {
        return new SearchParameters(given).read(isPage);
    }

    private Asked read(boolean isPage) {
        refuseUnknown(isPage);
        var equal = new EnumMap<Property, String>(Property.class);
        for (var property : Property.values()) {
            String value = word(property);
            if (value != null) {
                equal.put(property, value);
            }
        }
        var spans = new EnumMap<Figure, SearchQuery.Span>(Figure.class);
        for (var figure : Figure.values()) {
            var span = span(figure);
            if (span != null) {
                spans.put(figure, span);
            }
        }
        var query = new SearchQuery(text(), equal, spans, thread(), time("from"), time("to"), isPage ? sort() : null);
        var rating = rating();
        if (!mistakes.isEmpty()) {
            throw Problem.of(ErrorCode.BAD_REQUEST, mistakes);
        }
        return new Asked(query, rating, value("after"), value("limit"));
    }

    private void refuseUnknown(boolean isPage) {
        var known = Stream.of(
                        Stream.of("q", "thread", "from", "to", "feedback"),
                        Arrays.stream(Property.values()).map(Property::word),
                        Arrays.stream(Figure.values())
                                .flatMap(figure -> Stream.of(named("min", figure), named("max", figure))),
                        isPage ? Stream.of("sort", "after", "limit") : Stream.<String>empty())
                .flatMap(names -> names)
                .toList();
        for (var name : given.names()) {
            if (!known.contains(name)) {
                String shown = Text.shorten(name, 40);
                wrong(shown, "There is no parameter \"%s\"".formatted(shown), Suggest.hint(shown, known));
            }
        }
    }

    private void wrong(String name, String message, String hint) {
        mistakes.add(Mistake.at(name, message, hint));
    }

    /// A text may be empty, which says nothing.
    private @Nullable String value(String name) {
        String value = form(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// What has a form is not empty.
    private @Nullable String form(String name) {
        String value = given.get(name);
        return value == null ? null : Text.storable(value);
    }

    private String text() {
        String text = value("q");
        if (text != null && text.length() > LONGEST_TEXT) {
            wrong("q", "q has %d letters".formatted(text.length()), "Send at most %d".formatted(LONGEST_TEXT));
        }
        return text == null ? "" : text;
    }

    private @Nullable String word(Property property) {
        var known = WORDS.get(property);
        String value = known == null ? value(property.word()) : form(property.word());
        if (value != null && known != null && !known.contains(value)) {
            String shown = Text.shorten(value, 40);
            wrong(
                    property.word(),
                    "%s is \"%s\"".formatted(property.word(), shown),
                    Suggest.hint(shown.toLowerCase(Locale.ROOT), known));
        }
        return value;
    }

    private static String named(String which, Figure figure) {
        return which
                + figure.word().substring(0, 1).toUpperCase(Locale.ROOT)
                + figure.word().substring(1);
    }

    private SearchQuery.@Nullable Span span(Figure figure) {
        var least = number(named("min", figure));
        var most = number(named("max", figure));
        if (least == null && most == null) {
            return null;
        }
        if (least != null && most != null && least > most) {
            String name = named("min", figure);
            wrong(
                    name,
                    "%s is %d, above %s, which is %d".formatted(name, least, named("max", figure), most),
                    "Exchange them");
        }
        return new SearchQuery.Span(least == null ? 0 : least, most == null ? Long.MAX_VALUE : most);
    }

    private @Nullable Long number(String name) {
        String value = form(name);
        if (value == null) {
            return null;
        }
        if (value.matches("\\d{1,16}") && Long.parseLong(value) <= MOST) {
            return Long.valueOf(value);
        }
        wrong(name, "%s is \"%s\"".formatted(name, Text.shorten(value, 40)), "Send a whole number from 0 to 10^15");
        return null;
    }

    private @Nullable Rating rating() {
        String value = form("feedback");
        if (value == null || Rating.WORDS.contains(value)) {
            return value == null ? null : Rating.of(value);
        }
        String shown = Text.shorten(value, 40);
        wrong("feedback", "feedback is \"%s\"".formatted(shown), Suggest.hint(shown, Rating.WORDS));
        return null;
    }

    private @Nullable UUID thread() {
        String value = form("thread");
        if (value == null) {
            return null;
        }
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            wrong("thread", "thread is \"%s\"".formatted(Text.shorten(value, 60)), "Send the id of a thread");
            return null;
        }
    }

    private @Nullable Instant time(String name) {
        String value = form(name);
        if (value == null) {
            return null;
        }
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            wrong(
                    name,
                    "%s is \"%s\"".formatted(name, Text.shorten(value, 40)),
                    "Send a time such as 2026-11-30T08:00:00Z");
            return null;
        }
    }

    private @Nullable Figure sort() {
        String value = form("sort");
        if (value == null || value.equals("newest")) {
            return null;
        }
        var known = Stream.concat(
                        Stream.of("newest"), Arrays.stream(Figure.values()).map(Figure::word))
                .toList();
        if (!known.contains(value)) {
            String shown = Text.shorten(value, 40);
            wrong("sort", "sort is \"%s\"".formatted(shown), Suggest.hint(shown, known));
            return null;
        }
        return Figure.valueOf(value.toUpperCase(Locale.ROOT));
    }
}
