package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the fields of one mapping and notes every mistake with its line instead of stopping at the first.
public final class Fields {

    private final Mapping mapping;

    private Fields(Mapping mapping) {
        this.mapping = mapping;
    }

    Fields(String path, Node node, Set<String> known, List<Mistake> mistakes) {
        this(new Mapping(path, node, known, mistakes));
    }

    /// Notes a mistake at the value of `key`, or where the mapping begins if it has no such key.
    public void mistake(String key, String message, @Nullable String hint) {
        mapping.mistake(key, at(key), message, hint);
    }

    /// Notes a mistake at one entry of a list.
    public void mistakeAt(String key, int entry, String message, @Nullable String hint) {
        var list = at(key) instanceof SequenceNode sequence ? sequence.getValue() : List.<Node>of();
        mapping.mistake(key + "/" + entry, entry < list.size() ? list.get(entry) : at(key), message, hint);
    }

    private Node at(String key) {
        return mapping.at(key);
    }

    private Fields fieldsIn(String place, Node node, Set<String> known) {
        return new Fields(mapping.inside(place, node, known));
    }

    public boolean has(String key) {
        return mapping.has(key);
    }

    public String required(String key, int longest) {
        if (!has(key)) {
            mistake(key, "\"%s\" is missing".formatted(key), "Add it");
            return "";
        }
        String text = text(key, "", longest);
        if (text.isBlank() && at(key) instanceof ScalarNode) {
            mistake(key, "\"%s\" is empty".formatted(key), "Give it a value");
        }
        return text;
    }

    public String text(String key, String otherwise, int longest) {
        String text = has(key) ? scalar(key, "text") : null;
        if (text != null && text.length() > longest) {
            mistake(
                    key,
                    "\"%s\" has %,d characters".formatted(key, text.length()),
                    "Use at most %,d".formatted(longest));
        }
        return text == null ? otherwise : text;
    }

    /// The value as it is written; null after a mistake, where it is a list or a mapping.
    private @Nullable String scalar(String key, String wanted) {
        if (at(key) instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        mistake(
                key,
                "\"%s\" must be %s, not a %s".formatted(key, wanted, kind(at(key))),
                "Write `%s: …`".formatted(key));
        return null;
    }

    private static String kind(Node node) {
        return node instanceof SequenceNode ? "list" : "mapping";
    }

    public List<String> texts(String key, int most) {
        var texts = new ArrayList<String>();
        for (var item : items(key, most, "Write [a, b]")) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                mapping.mistake(key + "/" + texts.size(), item, "This must be text, not a " + kind(item), null);
                texts.add("");
            }
        }
        return texts;
    }

    private List<Node> items(String key, int most, String hint) {
        if (!has(key)) {
            return List.of();
        }
        if (!(at(key) instanceof SequenceNode list)) {
            mistake(key, "\"%s\" must be a list".formatted(key), hint);
            return List.of();
        }
        if (list.getValue().size() > most) {
            mistake(
                    key,
                    "\"%s\" has %,d entries".formatted(key, list.getValue().size()),
                    "Use at most %,d".formatted(most));
        }
        return list.getValue();
    }

    /// Notes the names that are not known, each at its own place.
    public List<String> names(String key, int most, Set<String> known, String what) {
        var names = texts(key, most);
        var seen = new TreeSet<String>();
        for (int n = 0; n < names.size(); n++) {
            String name = Text.shorten(names.get(n), 80);
            if (!known.contains(names.get(n))) {
                mistakeAt(key, n, "There is no %s \"%s\"".formatted(what, name), Suggest.hint(name, known));
            }
            if (!seen.add(names.get(n))) {
                mistakeAt(key, n, "\"%s\" has \"%s\" twice".formatted(key, name), "Keep one of them");
            }
        }
        return names;
    }

    public @Nullable Double number(String key, double least, double most) {
        String text = has(key) ? scalar(key, "a number") : null;
        if (text == null) {
            return null;
        }
        String hint = "Use a number from %s to %s".formatted(plain(least), plain(most));
        try {
            double number = Double.parseDouble(text.replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
            mistake(key, "\"%s\" is %s, which is out of range".formatted(key, Text.shorten(text, 40)), hint);
            return null;
        } catch (NumberFormatException e) {
            return refused(key, "a number", text, hint);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "%,d".formatted((long) number) : String.valueOf(number);
    }

    public long whole(String key, long otherwise, long least, long most) {
        var number = number(key, least, most);
        if (number != null && number != Math.rint(number)) {
            mistake(
                    key,
                    "\"%s\" must be a whole number".formatted(key),
                    "Use one from %,d to %,d".formatted(least, most));
        }
        return number == null ? otherwise : number.longValue();
    }

    public Duration time(String key, Duration otherwise, Duration longest) {
        String text = has(key) ? scalar(key, "a time") : null;
        if (text == null) {
            return otherwise;
        }
        var time = Amounts.time(text);
        if (time != null && time.isPositive() && time.compareTo(longest) <= 0) {
            return time;
        }
        refused(key, "a time", text, "Use a time such as 90s, 10m or 2h, up to %d h".formatted(longest.toHours()));
        return otherwise;
    }

    /// In bytes; one KB is 1,000 of them.
    public long size(String key, long otherwise, long least, long most) {
        String text = has(key) ? scalar(key, "a size") : null;
        if (text == null) {
            return otherwise;
        }
        long size = Amounts.size(text);
        if (size >= Math.max(0, least) && size <= most) {
            return size;
        }
        refused(key, "a size", text, "Use a size such as 64KB or 1MB, from %,d to %,d bytes".formatted(least, most));
        return otherwise;
    }

    private <T> @Nullable T refused(String key, String wanted, String text, String hint) {
        mistake(key, "\"%s\" must be %s, not \"%s\"".formatted(key, wanted, Text.shorten(text, 40)), hint);
        return null;
    }

    public boolean flag(String key) {
        return has(key) && choice(key, "false", List.of("true", "false")).equals("true");
    }

    public String choice(String key, String otherwise, List<String> known) {
        String word = has(key) ? scalar(key, "one of " + String.join(", ", known)) : null;
        if (word == null || known.contains(word)) {
            return word == null ? otherwise : word;
        }
        mistake(key, "\"%s\" cannot be \"%s\"".formatted(key, Text.shorten(word, 40)), Suggest.hint(word, known));
        return otherwise;
    }

    /// The value as JSON, whatever it is; null where the key is not there.
    public @Nullable JsonNode tree(String key) {
        return has(key) ? Tree.of(at(key)) : null;
    }

    /// Notes a mistake at a place inside the value of `key`, by a JSON pointer into it.
    public void mistakeIn(String key, String pointer, String message, @Nullable String hint) {
        mapping.mistake(key + pointer, Tree.at(at(key), pointer), message, hint);
    }

    /// The mappings of a list, each to be read on its own.
    public List<Fields> list(String key, int most, Set<String> known) {
        var list = new ArrayList<Fields>();
        for (var item : items(key, most, "Write one `- name: value` for each")) {
            list.add(fieldsIn(key + "/" + list.size(), item, known));
        }
        return list;
    }

    /// The mappings in the mapping under `key`, each to be read on its own, by their names in their order.
    ///
    /// @param known the keys of each
    public Map<String, Fields> named(String key, int most, Set<String> known) {
        var named = new LinkedHashMap<String, Fields>();
        if (!has(key)) {
            return named;
        }
        if (!(at(key) instanceof MappingNode all)) {
            mistake(
                    key,
                    "\"%s\" must be a mapping, not a %s".formatted(key, kind(at(key))),
                    "Write `name: {…}` for each");
            return named;
        }
        for (var entry : all.getValue()) {
            String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (named.containsKey(name)) {
                mapping.mistake(
                        key + "/" + name,
                        entry.getKeyNode(),
                        "\"%s\" is given twice".formatted(name),
                        "Keep one of them");
            } else {
                named.put(name, fieldsIn(key + "/" + name, entry.getValueNode(), known));
            }
        }
        if (named.size() > most) {
            mistake(key, "\"%s\" has %,d entries".formatted(key, named.size()), "Use at most %,d".formatted(most));
        }
        return named;
    }

    /// Whether there is a list under the key.
    public boolean isList(String key) {
        return at(key) instanceof SequenceNode;
    }

    /// The same without some of its keys, for who reads the rest.
    public Fields without(Set<String> keys) {
        return new Fields(mapping.without(keys));
    }

    /// The keys that are there, in their order.
    public Set<String> keys() {
        return mapping.keys();
    }

    /// A mapping inside this one; an empty one where it is not there.
    public Fields inside(String key, Set<String> known) {
        return fieldsIn(key, has(key) ? at(key) : EMPTY, known);
    }

    private static final Node EMPTY = new MappingNode(
            org.yaml.snakeyaml.nodes.Tag.MAP, List.of(), org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW);
}
