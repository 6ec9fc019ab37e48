package dev.wheelhouse.agents;

import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Holds the marks of an answer, such as `[3]`, against the passages that the run was given: a mark that
/// leads to none is taken out, since a reader would trust it.
final class CheckCitations {

    private static final Pattern MARK = Pattern.compile("[ \\u00a0]?\\[(\\d{1,5})](?!\\()");

    private CheckCitations() {}

    /// The text without marks that lead to nothing. Code is left alone.
    static String checked(String text, List<Turn> turns) {
        if (!MARK.matcher(text).find()) {
            return text;
        }
        var given = given(turns);
        var checked = new StringBuilder();
        int at = 0;
        // The odd parts are code.
        for (String part : text.split("(?=```)|(?<=```)")) {
            at += part.equals("```") ? 1 : 0;
            boolean isCode = at % 2 == 1;
            checked.append(isCode ? part : MARK.matcher(part).replaceAll(mark -> kept(mark, given)));
        }
        return checked.toString();
    }

    private static String kept(MatchResult mark, Set<Integer> given) {
        return given.contains(Integer.valueOf(mark.group(1)))
                ? java.util.regex.Matcher.quoteReplacement(mark.group())
                : "";
    }

    private static Set<Integer> given(List<Turn> turns) {
        var given = new HashSet<Integer>();
        for (var turn : turns) {
            for (var step : turn.done()) {
                String output = step.outcome().output();
                if (step.name().equals("knowledge_search") && output != null) {
                    numbers(output, given);
                }
            }
        }
        return given;
    }

    private static void numbers(String output, Set<Integer> given) {
        try {
            Json.read(output)
                    .path("passages")
                    .forEach(passage -> given.add(passage.path("cite").asInt()));
        } catch (Problem cut) {
            // A result that was cut off gives no numbers.
        }
    }
}
