package dev.wheelhouse.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.runs.Failure;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A run with what was said in it, as the view of runs has it.
///
/// @param text all that was said, folded
record RunText(FoundRun run, String text) {

    private static final int SHOWN = 200;

    /// All words and properties by which the run is found.
    Set<String> words() {
        var words = new LinkedHashSet<String>();
        Words.addTo(words, text);
        words.addAll(BlockQuery.tags(properties(), figures()));
        return words;
    }

    Map<Figure, Long> figures() {
        var figures = new EnumMap<Figure, Long>(Figure.class);
        put(figures, Figure.COST, run.cost());
        put(figures, Figure.DURATION, run.duration());
        put(figures, Figure.TOKENS, run.tokens());
        return figures;
    }

    private Map<Property, String> properties() {
        var properties = new EnumMap<Property, String>(Property.class);
        put(properties, Property.KIND, run.kind());
        put(properties, Property.AGENT, run.agent());
        put(properties, Property.STATE, run.standing().state());
        put(
                properties,
                Property.ERROR,
                run.failure() == null ? null : run.failure().code());
        put(properties, Property.REQUESTER, run.requester());
        put(properties, Property.USER, run.user());
        put(properties, Property.ORIGIN, run.origin());
        return properties;
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    static RunText of(ListedRunRepository.Row row) {
        var asked = parsed(row.said());
        var ended = parsed(row.answered());
        var all = new StringBuilder();
        addTo(all, asked == null ? null : asked.path("input"), row.said());
        addTo(all, ended, row.answered());
        return new RunText(run(row, input(asked), ended), Words.folded(all.toString()));
    }

    /// Null where the text is longer than what the view gives of it.
    private static @Nullable JsonNode parsed(@Nullable String json) {
        try {
            return json == null ? null : Json.read(json);
        } catch (Problem e) {
            return null;
        }
    }

    private static void addTo(StringBuilder all, @Nullable JsonNode node, @Nullable String raw) {
        if (node == null) {
            all.append(raw == null ? "" : raw.replaceAll("\\\\[ntr\"]", " ")).append('\n');
        } else if (node.isTextual()) {
            all.append(node.textValue()).append('\n');
        } else {
            node.fields().forEachRemaining(field -> {
                if (!field.getKey().equals("role")) {
                    addTo(all, field.getValue(), null);
                }
            });
            if (node.isArray()) {
                node.forEach(one -> addTo(all, one, null));
            }
        }
    }

    /// What a person asked last.
    private static String input(@Nullable JsonNode asked) {
        String last = "";
        if (asked != null) {
            for (var message : asked.path("input")) {
                if (message.path("role").asText().equals("user")) {
                    var all = new StringBuilder();
                    addTo(all, message.path("content"), null);
                    last = all.toString();
                }
            }
        }
        return shown(last);
    }

    private static String shown(String text) {
        return Text.shorten(text.strip().replaceAll("\\s+", " "), SHOWN);
    }

    private static FoundRun run(ListedRunRepository.Row row, String input, @Nullable JsonNode ended) {
        String error = row.error();
        var failure = error == null
                ? null
                : new Failure(
                        error, ended == null ? "" : ended.at("/error/message").asText());
        var output = ended == null ? null : ended.get("output");
        return new FoundRun(
                row.run(),
                row.thread(),
                row.parent(),
                row.kind(),
                row.agent(),
                row.revision(),
                new FoundRun.Standing(
                        row.state(),
                        row.waiting(),
                        row.waiting() == null ? null : row.dueAt(),
                        row.paused() && row.endedAt() == null,
                        row.behind()),
                input,
                output == null ? null : shown(output.asText()),
                failure,
                row.steps(),
                row.tokens(),
                row.cost(),
                row.duration(),
                row.requester(),
                row.userId(),
                row.origin(),
                row.createdAt(),
                row.endedAt());
    }
}
