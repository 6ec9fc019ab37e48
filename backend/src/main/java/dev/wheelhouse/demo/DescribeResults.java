package dev.wheelhouse.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Text;
import dev.wheelhouse.models.ModelMessage.ToolResult;
import dev.wheelhouse.models.ToolRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Puts what the tools answered into sentences: one alone, several as a table.
final class DescribeResults {

    private static final int LONGEST_QUOTE = 600;
    private static final int LONGEST_CELL = 120;

    /// Where tools put what matters, in the order of preference.
    private static final List<String> ANSWERS =
            List.of("result", "text", "content", "body", "value", "time", "now", "iso", "local", "utc", "message");

    private static final Pattern CHANGED =
            Pattern.compile("^A person changed the arguments to (\\{.*?})\\.\n", Pattern.DOTALL);

    private DescribeResults() {}

    static String of(List<ToolRequest> called, List<ToolResult> told) {
        Map<String, JsonNode> arguments = new LinkedHashMap<>();
        called.forEach(call -> arguments.put(call.id(), tree(call.arguments())));
        var results = told.stream().map(result -> heard(result, arguments)).toList();
        if (results.isEmpty()) {
            return "The tools returned nothing.";
        }
        if (results.size() == 1) {
            ToolResult only = results.getFirst();
            return sentence(
                    only, arguments.getOrDefault(only.call(), Json.mapper().createObjectNode()));
        }
        var lines = new ArrayList<String>();
        long failed = results.stream().filter(ToolResult::failed).count();
        lines.add(
                failed == 0
                        ? "%s tools have answered:".formatted(results.size() == 2 ? "Both" : "All " + results.size())
                        : "%d of %d tools have answered:".formatted(results.size() - failed, results.size()));
        lines.add("");
        lines.add("| Tool | Asked | Answered |");
        lines.add("| --- | --- | --- |");
        for (ToolResult result : results) {
            JsonNode asked = arguments.getOrDefault(result.call(), Json.mapper().createObjectNode());
            lines.add("| `%s` | %s | %s |".formatted(result.tool(), code(brief(asked)), cell(mark(result))));
        }
        return String.join("\n", lines);
    }

    /// Where a person changed a call, its result begins with the arguments that were used.
    private static ToolResult heard(ToolResult result, Map<String, JsonNode> arguments) {
        var changed = CHANGED.matcher(result.text());
        if (!changed.find()) {
            return result;
        }
        arguments.put(result.call(), tree(changed.group(1)));
        return new ToolResult(result.call(), result.tool(), result.text().substring(changed.end()), result.failed());
    }

    private static String sentence(ToolResult result, JsonNode asked) {
        String answer = answer(result.text());
        if (result.failed()) {
            return "`%s` failed: %s".formatted(result.tool(), Text.shorten(answer, LONGEST_QUOTE));
        }
        return switch (result.tool()) {
            case DescribePassages.SEARCH -> DescribePassages.of(field(asked, "query"), tree(result.text()));
            case "calculator" -> "%s = **%s**".formatted(brief(asked).replace('*', '×'), answer);
            case "clock" -> time(tree(result.text()), answer);
            case "notes_write" ->
                "Noted **%s**: %s"
                        .formatted(field(asked, "name", "key", "title"), field(asked, "text", "value", "content"));
            case "notes_read" ->
                "The note **%s** says: %s"
                        .formatted(field(asked, "name", "key", "title"), Text.shorten(answer, LONGEST_QUOTE));
            case "notes_list" -> notes(result.text());
            case "call_agent" ->
                "**%s** answered: %s".formatted(field(asked, "agent"), field(tree(result.text()), "output"));
            case "ask_person" -> person(tree(result.text()));
            case "wait" -> "Waited %s.".formatted(brief(asked));
            case "http_fetch" ->
                "`%s` answered%s:\n\n```\n%s\n```"
                        .formatted(brief(asked), status(result.text()), fenced(Text.shorten(answer, LONGEST_QUOTE)));
            default ->
                "`%s` answered:\n\n```\n%s\n```"
                        .formatted(result.tool(), fenced(Text.shorten(result.text(), LONGEST_QUOTE)));
        };
    }

    private static String person(JsonNode word) {
        String who = word.path("by").asText("Nobody");
        JsonNode answer = word.path("answer");
        return word.path("decision").asText().equals("approve")
                ? "%s answered: **%s**".formatted(who, answer.isValueNode() ? answer.asText() : answer)
                : "%s declined to answer. %s".formatted(who, word.path("reason").asText());
    }

    private static String time(JsonNode clock, String answer) {
        String time = answer.replaceFirst("^(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}).*$", "$2** on $1");
        if (time.equals(answer)) {
            return "It is **%s**.".formatted(answer);
        }
        String day = clock.path("day").asText("");
        String zone = clock.path("zone").asText("");
        return "It is **" + time.replace("on ", day.isEmpty() ? "on " : "on " + day + ", ")
                + (zone.isEmpty() ? "." : " (%s).".formatted(zone));
    }

    private static String notes(String text) {
        JsonNode tree = tree(text);
        JsonNode list = tree.isArray() ? tree : tree.path("names");
        if (!list.isArray()) {
            return "The notes: " + Text.shorten(text, LONGEST_QUOTE);
        }
        if (list.isEmpty()) {
            return "There are no notes yet. Say `note rope: 40 m` to write one.";
        }
        var lines = new ArrayList<String>();
        lines.add(list.size() == 1 ? "There is 1 note:" : "There are %d notes:".formatted(list.size()));
        lines.add("");
        list.forEach(note -> lines.add(
                "- " + (note.isObject() ? "**" + field(note, "name", "key", "title") + "**" : note.asText())));
        return String.join("\n", lines);
    }

    /// The part of a result that a person asked for, or all of it.
    private static String answer(String text) {
        JsonNode tree = tree(text);
        if (tree.isValueNode()) {
            return tree.asText();
        }
        for (String name : ANSWERS) {
            if (tree.path(name).isValueNode() && !tree.path(name).isNull()) {
                return tree.path(name).asText();
            }
        }
        return tree.size() == 1 && tree.iterator().next().isValueNode()
                ? tree.iterator().next().asText()
                : text;
    }

    private static String status(String text) {
        JsonNode status = tree(text).path("status");
        return status.isValueNode() && !status.isMissingNode() ? " with status " + status.asText() : "";
    }

    private static String mark(ToolResult result) {
        JsonNode names = tree(result.text()).path("names");
        if (!result.failed() && names.isArray()) {
            var list = new ArrayList<String>();
            names.forEach(name -> list.add(name.asText()));
            return list.isEmpty() ? "no notes" : String.join(", ", list);
        }
        return result.failed() ? "failed: " + answer(result.text()) : answer(result.text());
    }

    private static String brief(JsonNode asked) {
        if (asked.isEmpty()) {
            return "";
        }
        return asked.size() == 1 && asked.iterator().next().isValueNode() ? only(asked) : asked.toString();
    }

    private static String only(JsonNode asked) {
        var entry = asked.properties().iterator().next();
        return entry.getKey().contains("second")
                ? entry.getValue().asText() + " s"
                : entry.getValue().asText();
    }

    private static String field(JsonNode tree, String... names) {
        for (String name : names) {
            if (tree.path(name).isValueNode()) {
                return tree.path(name).asText();
            }
        }
        return tree.toString();
    }

    private static String cell(String text) {
        String line = text.replaceAll("\\s+", " ").replace("|", "\\|").replace("*", "\\*");
        return line.isBlank() ? "–" : Text.shorten(line, LONGEST_CELL);
    }

    private static String code(String text) {
        String line = text.replaceAll("\\s+", " ").replace("|", "\\|").replace("`", "'");
        return line.isBlank() ? "–" : "`" + Text.shorten(line, LONGEST_CELL) + "`";
    }

    private static String fenced(String text) {
        return text.replace("```", "'''");
    }

    private static JsonNode tree(String text) {
        try {
            return Json.read(text);
        } catch (Problem notJson) {
            return Json.mapper().getNodeFactory().textNode(text);
        }
    }
}
