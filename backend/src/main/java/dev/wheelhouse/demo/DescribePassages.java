package dev.wheelhouse.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Text;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Answers a question with the sentences of passages that say most of what it asks for, each with its mark. A word is
/// worth more the fewer sentences have it; the words that every question has are worth nothing.
final class DescribePassages {

    static final String SEARCH = "knowledge_search";

    private static final int MOST = 2;
    private static final int LONGEST = 400;
    private static final int LONGEST_QUESTION = 1_000;

    /// What a heading above a sentence says of it, next to what the sentence says itself.
    private static final double HEADING = 0.5;

    private static final Set<String> ASKING = words(
            "how many much what which who whom whose when where why does did do"
                    + " have has had are was were is the and for our you your my we can could may might must shall should will"
                    + " would there with without from that this these those than then into about any some all not get tell say");

    /// @param words of the sentence; @param above those of its headings
    private record Quote(String text, int cite, Set<String> words, Set<String> above) {}

    private DescribePassages() {}

    /// Whether a message may be one: three words or more, or a question mark.
    static boolean isQuestion(String asked) {
        return asked.length() <= LONGEST_QUESTION
                && (asked.contains("?") || asked.strip().split("\\s+").length >= 3);
    }

    static String of(String question, JsonNode result) {
        var quotes = new ArrayList<Quote>();
        result.path("passages").forEach(passage -> quotes.addAll(quotes(passage)));
        if (quotes.isEmpty()) {
            return "I found nothing about that in the documents.";
        }
        var asked = new TreeSet<>(words(question));
        asked.removeAll(ASKING);
        var chosen = chosen(quotes, asked);
        return (chosen.isEmpty() ? List.of(quotes.getFirst()) : chosen)
                .stream()
                        .map(quote -> "%s [%d]".formatted(Text.shorten(quote.text(), LONGEST), quote.cite()))
                        .collect(Collectors.joining("\n\n"));
    }

    /// The one that is worth most, then another only if it says what is still missing.
    private static List<Quote> chosen(List<Quote> quotes, Set<String> asked) {
        var worth = worth(quotes, asked);
        var missing = new HashSet<>(asked);
        var chosen = new ArrayList<Quote>();
        while (chosen.size() < MOST) {
            Quote best = null;
            double most = 0;
            for (var quote : quotes) {
                double own = sum(worth, quote.words(), missing);
                double all = own + HEADING * sum(worth, quote.above(), missing);
                if (own > 0 && all > most) {
                    best = quote;
                    most = all;
                }
            }
            if (best == null) {
                break;
            }
            chosen.add(best);
            missing.removeAll(best.words());
            missing.removeAll(best.above());
        }
        return chosen;
    }

    private static Map<String, Double> worth(List<Quote> quotes, Set<String> asked) {
        var worth = new HashMap<String, Double>();
        for (var word : asked) {
            long having = quotes.stream()
                    .filter(quote -> quote.words().contains(word))
                    .count();
            worth.put(word, Math.log(1 + quotes.size() / (double) Math.max(1, having)));
        }
        return worth;
    }

    private static double sum(Map<String, Double> worth, Set<String> words, Set<String> missing) {
        return words.stream()
                .filter(missing::contains)
                .mapToDouble(word -> worth.getOrDefault(word, 0.0))
                .sum();
    }

    /// The sentences of a passage, in their order.
    private static List<Quote> quotes(JsonNode passage) {
        var quotes = new ArrayList<Quote>();
        int cite = passage.path("cite").asInt();
        String first =
                passage.path("title").asText() + " " + passage.path("heading").asText();
        for (String part : passage.path("text").asText().split("(?m)^(?=#+ )")) {
            boolean hasHeading = part.startsWith("#");
            int end = hasHeading ? (part + "\n").indexOf('\n') : 0;
            var above = words(hasHeading ? part.substring(0, end) : first);
            for (String sentence : sentences(part.substring(Math.min(end, part.length())))) {
                quotes.add(new Quote(sentence, cite, words(sentence), above));
            }
        }
        return quotes;
    }

    private static List<String> sentences(String text) {
        var found = new ArrayList<String>();
        String line = text.strip().replaceAll("\\s+", " ");
        var ends = BreakIterator.getSentenceInstance(Locale.ROOT);
        ends.setText(line);
        int from = ends.first();
        for (int to = ends.next(); to != BreakIterator.DONE; from = to, to = ends.next()) {
            if (!line.substring(from, to).isBlank()) {
                found.add(line.substring(from, to).strip());
            }
        }
        return found;
    }

    /// In lower case, without endings that only tell one from many.
    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.length() > 2)
                .map(word -> word.replaceFirst("(?:s|es|ed|ing|e)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
