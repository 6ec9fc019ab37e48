package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Json;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import dev.wheelhouse.base.Text;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// The tree of a YAML or JSON text, with the line of every node. Nothing but nodes is ever made of it.
final class Document {

    private static final int DEEPEST = 20;
    private static final int DEEPEST_FOREIGN = 60;
    private static final int MOST_FOREIGN = 1_000_000;

    private Document() {}

    static Node compose(String text) {
        if (text.length() > Definitions.LONGEST) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The definition has %,d characters; the limit is %,d".formatted(text.length(), Definitions.LONGEST),
                    "Shorten it");
        }
        try {
            return composed(isJson(text) ? text.replace('\t', ' ') : text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw refused(
                    mark == null ? 0 : mark.getLine(),
                    mark == null ? 0 : mark.getColumn(),
                    noYaml(e.getProblem()),
                    null);
        } catch (YAMLException e) {
            throw refused(0, 0, noYaml(e.getMessage()), null);
        }
    }

    /// What the text says it defines; empty where it does not say, or cannot be read.
    static String kind(String text) {
        try {
            if (compose(text) instanceof MappingNode mapping) {
                for (var field : mapping.getValue()) {
                    if (field.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals("kind")
                            && field.getValueNode() instanceof ScalarNode kind) {
                        return kind.getValue();
                    }
                }
            }
            return "";
        } catch (Problem e) {
            return "";
        }
    }

    /// YAML knows no tabs between values, JSON does. Inside a string of valid JSON there are none.
    private static boolean isJson(String text) {
        try {
            return text.stripLeading().startsWith("{") && Json.read(text).isObject();
        } catch (Problem e) {
            return false;
        }
    }

    private static Node composed(String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(Definitions.LONGEST * 2);
        for (var event : new Yaml(options).parse(new StringReader(text))) {
            if (event instanceof AliasEvent) {
                var mark = event.getStartMark();
                throw refused(
                        mark.getLine(), mark.getColumn(), "References with * are not supported", "Write the value out");
            }
        }
        var node = new Yaml(options).compose(new StringReader(text));
        if (node == null) {
            throw refused(0, 0, "The definition is empty", "Start with `name: …`");
        }
        return node;
    }

    /// A text of others: deeper than ours, with references, and no larger than it says.
    static JsonNode foreign(String text, int longest) {
        if (text.length() > longest) {
            throw new Problem(
                    ErrorCode.TOO_LARGE,
                    "The document has %,d characters; the limit is %,d".formatted(text.length(), longest),
                    "Shorten it");
        }
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST_FOREIGN);
        options.setCodePointLimit(longest * 2);
        try {
            var node = new Yaml(options).compose(new StringReader(text));
            if (node == null || size(node, 0, 0) > MOST_FOREIGN) {
                throw refused(
                        0, 0, node == null ? "The document is empty" : "The document repeats itself too often", null);
            }
            return Tree.of(node);
        } catch (YAMLException e) {
            throw refused(0, 0, noYaml(e.getMessage()), null);
        }
    }

    /// How large it is with all references written out; more than is allowed where it goes deeper or in a circle.
    private static int size(Node node, int before, int depth) {
        int size = depth > DEEPEST_FOREIGN ? MOST_FOREIGN + 1 : before + 1;
        if (node instanceof MappingNode mapping) {
            for (var field : mapping.getValue()) {
                size = size > MOST_FOREIGN ? size : size(field.getValueNode(), size + 1, depth + 1);
            }
        } else if (node instanceof SequenceNode list) {
            for (var item : list.getValue()) {
                size = size > MOST_FOREIGN ? size : size(item, size, depth + 1);
            }
        }
        return size;
    }

    private static String noYaml(@Nullable String why) {
        return "Not valid YAML: " + Text.shorten(String.valueOf(why), 200);
    }

    private static Problem refused(int line, int column, String message, @Nullable String hint) {
        return Definitions.refused(List.of(new Mistake("/", line + 1, column + 1, message, hint)));
    }
}
