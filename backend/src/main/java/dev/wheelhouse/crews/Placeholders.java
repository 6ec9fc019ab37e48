package dev.wheelhouse.crews;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.states.States;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CrewAI's `{topic}` as expressions, and the input that they ask for. Braces around anything but a name are text.
final class Placeholders {

    private static final Pattern PLACE = Pattern.compile("(\\$?)\\{([A-Za-z_][A-Za-z0-9_-]*)}");
    private static final String OPEN = "\0";

    private final TreeSet<String> names = new TreeSet<>();

    /// In a text for people: the name as words.
    static String plain(String text) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(
                        place.group(1) + "the " + place.group(2).replaceAll("[_-]+", " ")));
    }

    String filled(String text) {
        String filled = PLACE.matcher(text).replaceAll(place -> {
            names.add(place.group(2));
            // A dollar sign in front of an expression would make text of it.
            String dollar = place.group(1).isEmpty() ? "" : OPEN + "'$'}";
            return Matcher.quoteReplacement(dollar + OPEN + expression(place.group(2)) + "}");
        });
        return filled.replace("${", "$${").replace(OPEN, "${");
    }

    private static String expression(String name) {
        return States.isName(name) ? "input." + name : "input['%s']".formatted(name);
    }

    /// A text for each of the names.
    JsonNode input() {
        var schema = Json.mapper().createObjectNode().put("type", "object");
        var required = Json.mapper().createArrayNode();
        var properties = Json.mapper().createObjectNode();
        for (var name : names) {
            required.add(name);
            properties.putObject(name).put("type", "string");
        }
        if (!names.isEmpty()) {
            schema.set("required", required);
        }
        schema.set("properties", properties);
        return schema;
    }
}
