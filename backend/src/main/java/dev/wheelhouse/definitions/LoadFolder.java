package dev.wheelhouse.definitions;

import dev.wheelhouse.base.ErrorCode;
import dev.wheelhouse.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the definitions that lie in a folder, one file each, and reports all mistakes of all files together.
final class LoadFolder {

    private static final Pattern YAML = Pattern.compile("[^.].*\\.ya?ml");

    private final Path folder;
    private final List<Problem.Mistake> mistakes = new ArrayList<>();

    LoadFolder(Path folder) {
        this.folder = folder;
    }

    /// @param keep takes a file's name without its end, and its text
    void load(BiConsumer<String, String> keep) {
        texts().forEach((file, text) -> kept(file, text, keep));
        refuse();
    }

    /// Kind by kind in the order given, so that what others name is there before them.
    ///
    /// @param kinds what takes the files of each kind; the last takes those without a kind, and those of an
    ///     unknown one
    void load(SequencedMap<String, BiConsumer<String, String>> kinds) {
        var texts = texts();
        String last = kinds.lastEntry().getKey();
        kinds.forEach((kind, keep) -> texts.forEach((file, text) -> {
            String written = Document.kind(text);
            if (written.equals(kind) || kind.equals(last) && !kinds.containsKey(written)) {
                kept(file, text, keep);
            }
        }));
        refuse();
    }

    /// @param kinds only files that say one of them; `""` stands for files that say none
    void load(Set<String> kinds, BiConsumer<String, String> keep) {
        texts().forEach((file, text) -> {
            if (kinds.contains(Document.kind(text))) {
                kept(file, text, keep);
            }
        });
        refuse();
    }

    private Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file ->
                            YAML.matcher(String.valueOf(file.getFileName())).matches())
                    .sorted()
                    .forEach(file -> read(file, texts));
        } catch (IOException e) {
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION,
                    "Cannot read the definitions folder \"%s\"".formatted(folder),
                    "Correct DEFINITIONS_DIR, or unset it");
        }
        return texts;
    }

    private void read(Path file, Map<String, String> texts) {
        String known = String.valueOf(file.getFileName());
        try {
            texts.put(known, Files.readString(file));
        } catch (IOException e) {
            mistakes.add(new Problem.Mistake(known, 1, 1, "Not readable as UTF-8 text", "Correct or remove it"));
        }
    }

    private void kept(String file, String text, BiConsumer<String, String> keep) {
        try {
            keep.accept(file.substring(0, file.lastIndexOf('.')), text);
        } catch (Problem e) {
            if (e.code() != ErrorCode.INVALID_DEFINITION && e.code() != ErrorCode.TOO_LARGE) {
                throw e;
            }
            if (e.mistakes().isEmpty()) {
                mistakes.add(new Problem.Mistake(file, 1, 1, e.message(), e.hint()));
            }
            e.mistakes().forEach(mistake -> mistakes.add(inFile(file, mistake)));
        }
    }

    private void refuse() {
        if (!mistakes.isEmpty()) {
            mistakes.sort(Comparator.comparing(mistake -> mistake.path().replaceFirst("/.*", "")));
            throw new Problem(
                    ErrorCode.INVALID_DEFINITION, "Definitions in %s have mistakes".formatted(folder), null, mistakes);
        }
    }

    private static Problem.Mistake inFile(String file, Problem.Mistake mistake) {
        return new Problem.Mistake(
                file + mistake.path(), mistake.line(), mistake.column(), mistake.message(), mistake.hint());
    }
}
