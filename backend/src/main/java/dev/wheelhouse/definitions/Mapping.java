package dev.wheelhouse.definitions;

import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Suggest;
import dev.wheelhouse.base.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// The keys of one mapping with their values, and where both stand. Keys that are not known, and those that are given
/// twice, are noted when it is made.
final class Mapping {

    private static final Pattern UNDERSCORE = Pattern.compile("_([a-z])");

    private final String path;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Node node;
    private final List<Mistake> mistakes;

    /// @param path of the mapping, as a JSON pointer
    /// @param mistakes where they are noted
    Mapping(String path, Node node, Set<String> known, List<Mistake> mistakes) {
        this.path = path;
        this.node = node;
        this.mistakes = mistakes;
        if (!(node instanceof MappingNode mapping)) {
            mistake("", node, "This must be a mapping", "Write `name: value` lines");
            return;
        }
        for (var tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? known(scalar.getValue(), known) : "?";
            if (!known.contains(key)) {
                mistake(
                        key,
                        tuple.getKeyNode(),
                        "Unknown key \"%s\"".formatted(Text.shorten(key, 60)),
                        Suggest.hint(key, known));
            } else if (values.put(key, tuple.getValueNode()) != null) {
                mistake(key, tuple.getKeyNode(), "\"%s\" is given twice".formatted(key), "Keep one of them");
            }
        }
    }

    private Mapping(Mapping other) {
        this.path = other.path;
        this.node = other.node;
        this.mistakes = other.mistakes;
        this.values.putAll(other.values);
    }

    /// Up to 0.1 keys were written with underscores, as `when_busy`; the next version refuses them.
    private static String known(String key, Set<String> known) {
        String camel =
                UNDERSCORE.matcher(key).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
        return !known.contains(key) && known.contains(camel) ? camel : key;
    }

    /// @param place in the mapping, empty for itself
    void mistake(String place, Node at, String message, @Nullable String hint) {
        var mark = at.getStartMark();
        String where = place.isEmpty() ? (path.isEmpty() ? "/" : path) : path + "/" + place;
        mistakes.add(new Mistake(where, mark.getLine() + 1, mark.getColumn() + 1, message, hint));
    }

    /// The value of a key, or the mapping itself where it has no such key.
    Node at(String key) {
        return values.getOrDefault(key, node);
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /// A mapping at a place in this one; its mistakes are noted with those of this one.
    Mapping inside(String place, Node inner, Set<String> known) {
        return new Mapping(path + "/" + place, inner, known, mistakes);
    }

    Mapping without(Set<String> keys) {
        var rest = new Mapping(this);
        rest.values.keySet().removeAll(keys);
        return rest;
    }
}
