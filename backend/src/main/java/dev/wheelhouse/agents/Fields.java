package dev.wheelhouse.agents;

import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads the fields of one mapping and notes every mistake with its line instead of stopping at the first.
final class Fields {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|GB)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(s|m|h|d)");

    private final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Node node;
    private final List<Mistake> mistakes;

    Fields(String path, Node node, Set<String> known, List<Mistake> mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
        if (!(node instanceof MappingNode mapping)) {
            mistake("", node, "This is no mapping of names to values", "Write `name: value` lines");
            return;
        }
        for (var tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (!known.contains(key)) {
                mistake(key, tuple.getKeyNode(), "Nobody reads \"%s\"".formatted(key), Suggest.hint(key, known));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                mistake(key, tuple.getKeyNode(), "\"%s\" stands here twice".formatted(key), "Keep one of them");
            }
        }
    }

    void mistake(String key, Node at, String message, @Nullable String hint) {
        var mark = at.getStartMark();
        String where = key.isEmpty() ? (path.isEmpty() ? "/" : path) : path + "/" + key;
        mistakes.add(new Mistake(where, mark.getLine() + 1, mark.getColumn() + 1, message, hint));
    }

    Node at(String key) {
        return values.getOrDefault(key, node);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String required(String key, int longest) {
        if (!has(key)) {
            mistake(key, node, "\"%s\" is missing".formatted(key), "Add it");
            return "";
        }
        return text(key, "", longest);
    }

    String text(String key, String otherwise, int longest) {
        if (!has(key)) {
            return otherwise;
        }
        if (!(at(key) instanceof ScalarNode scalar)) {
            mistake(key, at(key), "\"%s\" is no text".formatted(key), null);
            return otherwise;
        }
        if (scalar.getValue().length() > longest) {
            mistake(
                    key,
                    scalar,
                    "\"%s\" has %,d characters".formatted(key, scalar.getValue().length()),
                    "Use at most %,d".formatted(longest));
        }
        return scalar.getValue();
    }

    List<String> texts(String key, int most) {
        var texts = new ArrayList<String>();
        if (!has(key)) {
            return texts;
        }
        if (!(at(key) instanceof SequenceNode list)) {
            mistake(key, at(key), "\"%s\" is no list".formatted(key), "Write [a, b]");
            return texts;
        }
        for (var item : list.getValue()) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                mistake(key, item, "This is no text", null);
            }
        }
        if (texts.size() > most) {
            mistake(key, list, "\"%s\" has %d entries".formatted(key, texts.size()), "Use at most " + most);
        }
        return texts;
    }

    /// Notes the names that are not known, each at its own place.
    List<String> names(String key, int most, Set<String> known, String what) {
        var names = texts(key, most);
        for (int n = 0; n < names.size(); n++) {
            if (!known.contains(names.get(n))) {
                mistake(
                        key + "/" + n,
                        ((SequenceNode) at(key)).getValue().get(n),
                        "There is no %s \"%s\"".formatted(what, names.get(n)),
                        Suggest.hint(names.get(n), known));
            }
        }
        if (new TreeSet<>(names).size() < names.size()) {
            mistake(key, at(key), "\"%s\" names something twice".formatted(key), "Keep one of them");
        }
        return names;
    }

    @Nullable
    Double number(String key, double least, double most) {
        if (!has(key)) {
            return null;
        }
        try {
            double number = Double.parseDouble(text(key, "", 40).replace("_", ""));
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        mistake(
                key,
                at(key),
                "\"%s\" is \"%s\"".formatted(key, text(key, "", 40)),
                "Use a number from %s to %s".formatted(plain(least), plain(most)));
        return null;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "%,d".formatted((long) number) : String.valueOf(number);
    }

    long whole(String key, long otherwise, long least, long most) {
        var number = number(key, least, most);
        if (number != null && number != Math.rint(number)) {
            mistake(key, at(key), "\"%s\" is \"%s\"".formatted(key, text(key, "", 40)), "Use a whole number");
        }
        return number == null ? otherwise : number.longValue();
    }

    Duration time(String key, Duration otherwise, Duration longest) {
        if (!has(key)) {
            return otherwise;
        }
        var form = TIME.matcher(text(key, "", 20).strip());
        if (form.matches()) {
            long count = Long.parseLong(form.group(1));
            var time =
                    switch (form.group(2)) {
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    };
            if (time.isPositive() && time.compareTo(longest) <= 0) {
                return time;
            }
        }
        mistake(
                key,
                at(key),
                "\"%s\" is \"%s\"".formatted(key, text(key, "", 20)),
                "Use a time such as 90s, 10m or 2h, up to %d h".formatted(longest.toHours()));
        return otherwise;
    }

    /// In bytes; one KB is 1,000 of them.
    long size(String key, long otherwise, long least, long most) {
        if (!has(key)) {
            return otherwise;
        }
        var form = SIZE.matcher(text(key, "", 20).strip());
        if (form.matches()) {
            long unit = List.of("B", "KB", "MB", "GB").indexOf(form.group(2).toUpperCase(Locale.ROOT));
            long size = Long.parseLong(form.group(1)) * (long) Math.pow(1_000, unit);
            if (size >= least && size <= most) {
                return size;
            }
        }
        mistake(
                key,
                at(key),
                "\"%s\" is \"%s\"".formatted(key, text(key, "", 20)),
                "Use a size such as 64KB or 1MB, from %,d to %,d bytes".formatted(least, most));
        return otherwise;
    }

    boolean flag(String key) {
        return has(key) && choice(key, "false", List.of("true", "false")).equals("true");
    }

    String choice(String key, String otherwise, List<String> known) {
        String word = text(key, otherwise, 40);
        if (known.contains(word)) {
            return word;
        }
        mistake(key, at(key), "\"%s\" is \"%s\"".formatted(key, word), Suggest.hint(word, known));
        return otherwise;
    }

    /// The mappings of a list, each to be read on its own.
    List<Fields> list(String key, int most, Set<String> known) {
        var list = new ArrayList<Fields>();
        if (has(key) && !(at(key) instanceof SequenceNode)) {
            mistake(key, at(key), "\"%s\" is no list".formatted(key), "Write one `- name: value` for each");
        } else if (has(key)) {
            var items = ((SequenceNode) at(key)).getValue();
            for (var item : items) {
                list.add(new Fields(path + "/" + key + "/" + list.size(), item, known, mistakes));
            }
            if (list.size() > most) {
                mistake(key, at(key), "\"%s\" has %d entries".formatted(key, list.size()), "Use at most " + most);
            }
        }
        return list;
    }

    /// A mapping inside this one; an empty one where it is not there.
    Fields inside(String key, Set<String> known) {
        return has(key)
                ? new Fields(path + "/" + key, at(key), known, mistakes)
                : new Fields(path + "/" + key, EMPTY, known, mistakes);
    }

    private static final Node EMPTY = new MappingNode(
            org.yaml.snakeyaml.nodes.Tag.MAP, List.of(), org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW);
}
