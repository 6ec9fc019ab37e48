package dev.wheelhouse.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import dev.wheelhouse.base.Problem.Mistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The front door: reads definitions of any kind from YAML or JSON.
public final class Definitions {

    /// Characters of a definition, at most.
    public static final int LONGEST = 200_000;

    /// What may name an agent, a workflow or one of its parts.
    public static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    public static final String NAME_HINT = "Use 1 to 63 of a-z, 0-9 and -, starting with a letter";

    private Definitions() {}

    /// Reads a definition and refuses it with `invalid_definition` and all of its mistakes, or with `too_large`.
    ///
    /// @param keys those that the definition may have
    /// @param shape makes the domain's own thing of the fields; it notes mistakes there and need not stop at one
    public static <T> T read(String text, Set<String> keys, Function<Fields, T> shape) {
        var mistakes = new ArrayList<Mistake>();
        var read = shape.apply(new Fields("", Document.compose(text), keys, mistakes));
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column));
            throw refused(mistakes);
        }
        return read;
    }

    /// Reads what had no mistakes when it was stored. What has become one since, as a tool that is gone, is found where
    /// it is used.
    public static <T> T readStored(String text, Set<String> keys, Function<Fields, T> shape) {
        return shape.apply(new Fields("", Document.compose(text), keys, new ArrayList<>()));
    }

    /// Reads every `*.yaml` and `*.yml` file of a folder and hands each to its kind, by its key `kind`. All mistakes of
    /// all files are reported together.
    ///
    /// @param kinds in the order in which they are loaded, what takes the name and the text of a file; the
    ///     last takes
    ///     the files that do not say their kind
    public static void load(Path folder, SequencedMap<String, BiConsumer<String, String>> kinds) {
        new LoadFolder(folder).load(kinds);
    }

    /// The same for the files of some kinds alone; what other files say is not looked at.
    ///
    /// @param kinds what their key `kind` says, `""` for files that have none
    public static void load(Path folder, Set<String> kinds, BiConsumer<String, String> keep) {
        new LoadFolder(folder).load(kinds, keep);
    }

    /// A YAML text of others as JSON, whatever it says.
    ///
    /// @param longest characters of it, at most; else it is refused with `too_large`
    public static JsonNode tree(String text, int longest) {
        return Document.foreign(text, longest);
    }

    /// A definition as people would write it: YAML in blocks, long texts line by line.
    public static String write(JsonNode tree) {
        return WriteYaml.of(tree);
    }

    /// Refuses a definition that was sent to another name than its own.
    public static void checkName(String named, String sentTo) {
        if (!named.equals(sentTo)) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "The definition is named \"%s\" but was sent to \"%s\"".formatted(named, sentTo),
                    "Use the same name in both places",
                    List.of(new Mistake("/name", 1, 1, "The request names \"%s\"".formatted(sentTo), null)));
        }
    }

    static Problem refused(List<Mistake> mistakes) {
        return new Problem(
                ErrorCode.INVALID_DEFINITION,
                mistakes.size() == 1
                        ? "The definition has a mistake"
                        : "The definition has %d mistakes".formatted(mistakes.size()),
                "Correct the lines below",
                mistakes);
    }
}
