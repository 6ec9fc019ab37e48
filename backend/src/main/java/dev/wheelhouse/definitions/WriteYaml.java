package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Writes JSON as YAML that people like to read: mappings in blocks, short lists and small mappings in one line.
final class WriteYaml {

    private static final int SHORT = 70;

    private WriteYaml() {}

    static String of(JsonNode tree) {
        var options = new DumperOptions();
        options.setSplitLines(false);
        options.setWidth(120);
        var out = new StringWriter();
        new Yaml(options).serialize(node(tree, 0), out);
        return out.toString();
    }

    private static Node node(JsonNode value, int depth) {
        var style = depth > 1 && isShort(value) ? FlowStyle.FLOW : FlowStyle.BLOCK;
        if (value.isObject()) {
            var fields = new ArrayList<NodeTuple>();
            value.properties()
                    .forEach(field ->
                            fields.add(new NodeTuple(text(field.getKey()), node(field.getValue(), depth + 1))));
            return new MappingNode(Tag.MAP, fields, style);
        }
        if (value.isArray()) {
            var items = new ArrayList<Node>();
            value.forEach(item -> items.add(node(item, depth + 1)));
            return new SequenceNode(Tag.SEQ, items, style);
        }
        if (value.isTextual()) {
            return text(value.textValue());
        }
        var tag = value.isNull()
                ? Tag.NULL
                : value.isBoolean() ? Tag.BOOL : value.isIntegralNumber() ? Tag.INT : Tag.FLOAT;
        return new ScalarNode(tag, value.asText("null"), null, null, ScalarStyle.PLAIN);
    }

    private static boolean isShort(JsonNode value) {
        String json = value.toString();
        return json.length() <= SHORT && !json.contains("\\n");
    }

    private static ScalarNode text(String text) {
        return new ScalarNode(Tag.STR, text, null, null, text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }
}
