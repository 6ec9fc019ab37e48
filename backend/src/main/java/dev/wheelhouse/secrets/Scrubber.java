package dev.wheelhouse.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.wheelhouse.base.Json;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Takes values out of texts, in every form of [Disguises]. One pass over the text whatever the number of values; what
/// overlaps goes as a whole. Without values it does nothing.
public final class Scrubber {

    /// What stands in the place of a value.
    public static final String MARK = "[REDACTED]";

    /// Of a tenant without secrets.
    public static final Scrubber NONE = new Scrubber(List.of());

    private static final int WINDOW = NewSecret.FEWEST_CHARACTERS;
    private static final int LEAST_OF_A_CUT = 4;
    private static final int FILTER = (1 << 14) - 1;

    /// `isBase64`: the neighbours' letters belong to it as well.
    private record Form(String text, boolean isBase64) {}

    private final List<Form> forms = new ArrayList<>();
    private final Map<Integer, List<Form>> byStart = new HashMap<>();
    private final BitSet filter = new BitSet(FILTER + 1);
    private final int leaving;

    private Scrubber(Collection<String> values) {
        int power = 1;
        for (int at = 0; at < WINDOW; at++) {
            power *= 31;
        }
        leaving = power;
        for (String value : values) {
            var disguises = Disguises.of(value);
            disguises.others().forEach(form -> add(new Form(form, false)));
            disguises.base64().forEach(form -> add(new Form(form, true)));
        }
    }

    public static Scrubber of(Collection<String> values) {
        return values.isEmpty() ? NONE : new Scrubber(values);
    }

    private void add(Form form) {
        if (form.text().length() >= WINDOW) {
            int start = form.text().substring(0, WINDOW).hashCode();
            forms.add(form);
            byStart.computeIfAbsent(start, _ -> new ArrayList<>()).add(form);
            filter.set(start & FILTER);
        }
    }

    public boolean isEmpty() {
        return forms.isEmpty();
    }

    /// The same text where there is nothing to take out.
    public String scrub(String text) {
        var found = forms.isEmpty() || text.length() < WINDOW ? List.<int[]>of() : find(text);
        if (found.isEmpty()) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        int copied = 0;
        for (int[] span : found) {
            clean.append(text, copied, span[0]).append(MARK);
            copied = span[1];
        }
        return clean.append(text, copied, text.length()).toString();
    }

    /// Where values stand, from and to, in order and without overlaps. The hash of the next few letters is carried on
    /// from letter to letter, and few of them pass the filter.
    private List<int[]> find(String text) {
        List<int[]> found = List.of();
        int hash = text.substring(0, WINDOW).hashCode();
        for (int at = 0; at + WINDOW <= text.length(); at++) {
            if (at > 0) {
                hash = hash * 31 + text.charAt(at + WINDOW - 1) - leaving * text.charAt(at - 1);
            }
            if (filter.get(hash & FILTER)) {
                for (var form : byStart.getOrDefault(hash, List.of())) {
                    if (text.startsWith(form.text(), at)) {
                        found = found.isEmpty() ? new ArrayList<>() : found;
                        add(found, span(text, at, form));
                    }
                }
            }
        }
        return found;
    }

    private static int[] span(String text, int at, Form form) {
        int end = at + form.text().length();
        return form.isBase64() ? new int[] {before(text, at), after(text, end)} : new int[] {at, end};
    }

    private static void add(List<int[]> found, int[] span) {
        if (found.isEmpty() || span[0] > found.getLast()[1]) {
            found.add(span);
        } else {
            int[] last = found.getLast();
            last[0] = Math.min(last[0], span[0]);
            last[1] = Math.max(last[1], span[1]);
        }
    }

    private static int before(String text, int at) {
        return at > 0 && isBase64(text.charAt(at - 1)) ? at - 1 : at;
    }

    private static int after(String text, int end) {
        return end < text.length() && isBase64(text.charAt(end)) ? end + 1 : end;
    }

    private static boolean isBase64(char letter) {
        return letter < 128 && (Character.isLetterOrDigit(letter) || "+/-_".indexOf(letter) >= 0);
    }

    /// For a text that was cut somewhere: the beginning of a value at its end goes too.
    public String scrubCut(String text) {
        String clean = scrub(text);
        int begin = clean.length();
        for (var form : forms) {
            int most = Math.min(form.text().length() - 1, clean.length());
            for (int length = most; length >= LEAST_OF_A_CUT && length > clean.length() - begin; length--) {
                if (clean.regionMatches(clean.length() - length, form.text(), 0, length)) {
                    begin = clean.length() - length;
                }
            }
        }
        return begin == clean.length() ? clean : clean.substring(0, begin) + MARK;
    }

    /// The same tree where there is nothing to take out; otherwise texts, names of fields and numbers without values.
    public JsonNode scrub(JsonNode json) {
        if (forms.isEmpty()) {
            return json;
        }
        String text = json.toString();
        return scrub(text).equals(text) ? json : cleaned(json);
    }

    private JsonNode cleaned(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> {
                var clean = Json.mapper().createObjectNode();
                object.properties().forEach(field -> clean.set(scrub(field.getKey()), cleaned(field.getValue())));
                yield clean;
            }
            case ArrayNode list -> {
                var clean = Json.mapper().createArrayNode();
                list.forEach(entry -> clean.add(cleaned(entry)));
                yield clean;
            }
            default -> {
                String text = json.asText();
                String clean = scrub(text);
                yield clean.equals(text) ? json : TextNode.valueOf(clean);
            }
        };
    }

    @Override
    public String toString() {
        return "scrubber of %d forms".formatted(forms.size());
    }
}
