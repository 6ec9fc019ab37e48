package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wheelhouse.base.Json;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// A part of a definition as a JSON value. Plain words are what they are in JSON: `yes` and `012` are text.
final class Tree {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");

    private Tree() {}

    static JsonNode of(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                ObjectNode object = Json.mapper().createObjectNode();
                mapping.getValue().forEach(entry -> object.set(key(entry.getKeyNode()), of(entry.getValueNode())));
                yield object;
            }
            case SequenceNode sequence -> {
                ArrayNode list = Json.mapper().createArrayNode();
                sequence.getValue().forEach(item -> list.add(of(item)));
                yield list;
            }
            case ScalarNode scalar when scalar.getScalarStyle() == ScalarStyle.PLAIN -> plain(scalar.getValue());
            case ScalarNode scalar -> Json.mapper().getNodeFactory().textNode(scalar.getValue());
            default -> Json.mapper().nullNode();
        };
    }

    private static JsonNode plain(String word) {
        var nodes = Json.mapper().getNodeFactory();
        return switch (word) {
            case "", "null", "~" -> nodes.nullNode();
            case "true", "false" -> nodes.booleanNode(word.equals("true"));
            default -> NUMBER.matcher(word).matches() ? Json.read(number(word)) : nodes.textNode(word);
        };
    }

    private static String number(String word) {
        return word.matches("-?\\d+") ? word : new BigDecimal(word).toString();
    }

    private static String key(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    /// The innermost node that a JSON pointer leads to.
    static Node at(Node node, String pointer) {
        Node at = node;
        for (String part :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            Node next = inner(at, part.replace("~1", "/").replace("~0", "~"));
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static @Nullable Node inner(Node node, String part) {
        return switch (node) {
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .filter(entry -> key(entry.getKeyNode()).equals(part))
                        .findFirst()
                        .map(NodeTuple::getValueNode)
                        .orElse(null);
            case SequenceNode sequence ->
                part.matches("\\d{1,6}")
                                && Integer.parseInt(part) < sequence.getValue().size()
                        ? sequence.getValue().get(Integer.parseInt(part))
                        : null;
            default -> null;
        };
    }
}
